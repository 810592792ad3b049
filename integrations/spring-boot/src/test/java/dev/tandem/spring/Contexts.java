package dev.tandem.spring;

import dev.tandem.spring.actuator.TandemHealthAutoConfiguration;
import dev.tandem.spring.actuator.TandemMetricsAutoConfiguration;
import dev.tandem.testing.FakeServer;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Contexts with what the starter brings, and nothing else. */
final class Contexts {
    /** In no context may it be seen. */
    static final String KEY = "sk-nobody-may-see-this";

    private Contexts() {}

    static ApplicationContextRunner plain() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        TandemMetricsAutoConfiguration.class,
                        TandemAutoConfiguration.class,
                        TandemHealthAutoConfiguration.class));
    }

    /** With a client of {@code server}. */
    static ApplicationContextRunner of(FakeServer server) {
        return plain().withPropertyValues(properties(server));
    }

    static String[] properties(FakeServer server) {
        return new String[] {
            "tandem.provider=compatible",
            "tandem.base-url=" + server.getUrl(),
            "tandem.api-key=" + KEY,
            "tandem.model=fake-1"
        };
    }
}
