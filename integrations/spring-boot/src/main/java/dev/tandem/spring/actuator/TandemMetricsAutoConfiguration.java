package dev.tandem.spring.actuator;

import dev.tandem.micrometer.MicrometerListener;
import dev.tandem.spring.TandemAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/** Meters of calls in the application's registry, where there is {@code tandem-micrometer}. A listener of its own is taken in place of this one. */
@AutoConfiguration(
        before = TandemAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass({MicrometerListener.class, MeterRegistry.class})
@ConditionalOnSingleCandidate(MeterRegistry.class)
public final class TandemMetricsAutoConfiguration {
    TandemMetricsAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    MicrometerListener tandemMeters(MeterRegistry registry) {
        return MicrometerListener.of(registry);
    }
}
