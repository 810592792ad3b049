package dev.tandem.spring;

import dev.tandem.interop.JavaAiClient;
import dev.tandem.provider.Provider;
import dev.tandem.telemetry.CallListener;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * One {@link JavaAiClient} for the application, made of the properties under {@code tandem}, unless it has one of its own.
 * A bean of type {@link Provider} is asked in place of the one that properties name; beans of type {@link CallListener}
 * hear its calls; beans of type {@link TandemCustomizer} have the last word. It is closed with the context, after its calls
 * had the time to end that {@code spring.lifecycle.timeout-per-shutdown-phase} gives them.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "tandem.enabled", matchIfMissing = true)
public final class TandemAutoConfiguration {
    TandemAutoConfiguration() {
        OldCoroutinesException.throwIfSo();
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(JavaAiClient.class)
    @EnableConfigurationProperties(TandemProperties.class)
    static class ClientOfProperties {
        @Bean(destroyMethod = "close")
        JavaAiClient tandemClient(
                TandemProperties properties,
                Environment environment,
                ObjectProvider<Provider> providers,
                ObjectProvider<CallListener> listeners,
                ObjectProvider<TandemCustomizer> customizers) {
            Provider provider = providers.getIfAvailable(() -> KnownProvider.of(properties, environment));
            JavaAiClient.Builder client = JavaAiClient.builder(provider);
            ClientSettings.put(properties, client);
            listeners.orderedStream().forEach(client::listener);
            customizers.orderedStream().forEach(customizer -> customizer.customize(client));
            return client.build();
        }

        @Bean
        CallsUnderWay tandemCallsUnderWay() {
            return new CallsUnderWay();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(SanitizingFunction.class)
    static class Keys {
        @Bean
        SanitizingFunction tandemKeySanitizer() {
            return new KeySanitizer();
        }
    }
}
