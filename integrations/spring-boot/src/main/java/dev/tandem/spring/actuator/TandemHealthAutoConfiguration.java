package dev.tandem.spring.actuator;

import dev.tandem.interop.JavaAiClient;
import dev.tandem.spring.TandemAutoConfiguration;
import java.util.Map;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** The health of each client of the application. {@code management.health.tandem.enabled=false} is without it. */
@AutoConfiguration(after = TandemAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(JavaAiClient.class)
@ConditionalOnEnabledHealthIndicator("tandem")
public final class TandemHealthAutoConfiguration {
    TandemHealthAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(name = {"tandemHealthIndicator", "tandemHealthContributor"})
    HealthContributor tandemHealthContributor(Map<String, JavaAiClient> clients) {
        return clients.size() == 1
                ? new TandemHealthIndicator(clients.values().iterator().next())
                : CompositeHealthContributor.fromMap(clients, TandemHealthIndicator::new);
    }
}
