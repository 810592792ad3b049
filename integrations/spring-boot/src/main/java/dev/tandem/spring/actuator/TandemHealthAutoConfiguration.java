package dev.tandem.spring.actuator;

import dev.tandem.interop.JavaAiClient;
import dev.tandem.spring.TandemAutoConfiguration;
import java.util.Map;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.CompositeHealthContributorConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** The health of each client of the application. {@code management.health.tandem.enabled=false} is without it. */
@AutoConfiguration(after = TandemAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(JavaAiClient.class)
@ConditionalOnEnabledHealthIndicator("tandem")
public final class TandemHealthAutoConfiguration
        extends CompositeHealthContributorConfiguration<TandemHealthIndicator, JavaAiClient> {
    TandemHealthAutoConfiguration() {
        super(TandemHealthIndicator::new);
    }

    @Bean
    @ConditionalOnMissingBean(name = {"tandemHealthIndicator", "tandemHealthContributor"})
    HealthContributor tandemHealthContributor(ConfigurableListableBeanFactory beans) {
        Map<String, JavaAiClient> clients = beans.getBeansOfType(JavaAiClient.class);
        return createComposite(clients);
    }
}
