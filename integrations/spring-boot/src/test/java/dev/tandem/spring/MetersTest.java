package dev.tandem.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.interop.JavaAiClient;
import dev.tandem.micrometer.MicrometerListener;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;

class MetersTest {
    private final FakeServer server = FakeServer.start();

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Test
    void callsAreInTheRegistryOfTheActuator() {
        server.enqueue(OpenAiReplies.chat("It is well"));
        Contexts.of(server)
                .withConfiguration(AutoConfigurations.of(
                        MetricsAutoConfiguration.class,
                        CompositeMeterRegistryAutoConfiguration.class,
                        SimpleMetricsExportAutoConfiguration.class))
                .run(context -> {
                    context.getBean(JavaAiClient.class).blocking().generate("Is all well?");
                    assertThat(context.getBean(MeterRegistry.class)
                                    .get("tandem.calls")
                                    .tags("model", "fake-1", "outcome", "success")
                                    .timer()
                                    .count())
                            .isEqualTo(1);
                });
    }

    @Test
    void anOwnListenerIsTheOnlyOne() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        MicrometerListener own =
                MicrometerListener.builder(registry).tag("client", "mine").build();
        server.enqueue(OpenAiReplies.chat("It is well"));
        Contexts.of(server)
                .withBean(MeterRegistry.class, () -> registry)
                .withBean(MicrometerListener.class, () -> own)
                .run(context -> context.getBean(JavaAiClient.class).blocking().generate("Is all well?"));
        assertThat(registry.get("tandem.calls").tag("client", "mine").timer().count())
                .isEqualTo(1);
    }

    @Test
    void noRegistryNoMeters() {
        Contexts.of(server)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(MicrometerListener.class));
    }

    @Test
    void noListenerNoMeters() {
        Contexts.of(server)
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withClassLoader(new FilteredClassLoader(MicrometerListener.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasBean("tandemClient")
                        .doesNotHaveBean("tandemMeters"));
    }
}
