package dev.tandem.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.error.ServerException;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.provider.openai.OpenAi;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ApplicationContext;

class HealthTest {
    private static final String NAME = "tandemHealthContributor";

    private final FakeServer server = FakeServer.start();

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Test
    void isUpAndAsksNobody() {
        Contexts.of(server).run(context -> {
            Health health = healthOf(context);
            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails())
                    .containsEntry("provider", "openai-compatible")
                    .containsEntry("successRate", 1.0)
                    .containsKey("circuit");
            assertThat(health.toString()).doesNotContain(Contexts.KEY);
        });
        assertThat(server.getConnectionCount()).isZero();
    }

    @Test
    void isDownWhileTheCircuitIsOpen() {
        server.always(OpenAiReplies.error(500, "broken", "server_error", null));
        Contexts.of(server)
                .withPropertyValues("tandem.retry.max-attempts=1", "tandem.circuit-breaker.failures=1")
                .run(context -> {
                    JavaAiClient ai = context.getBean(JavaAiClient.class);
                    assertThatThrownBy(() -> ai.blocking().generate("Hi")).isInstanceOf(ServerException.class);
                    Health health = healthOf(context);
                    assertThat(health.getStatus()).isEqualTo(Status.DOWN);
                    assertThat(health.getDetails()).containsEntry("successRate", 0.0);
                    assertThat(health.getDetails().get("circuit")).hasToString("OPEN");
                });
    }

    @Test
    void isDownOnceTheClientIsClosed() {
        Contexts.of(server).run(context -> {
            context.getBean(JavaAiClient.class).close();
            assertThat(healthOf(context).getStatus()).isEqualTo(Status.DOWN);
        });
    }

    @Test
    void isThatOfEachClient() {
        Contexts.plain()
                .withBean("mine", JavaAiClient.class, this::client)
                .withBean("yours", JavaAiClient.class, this::client)
                .run(context -> assertThat(context.getBean(NAME, CompositeHealthContributor.class).stream())
                        .extracting(HealthContributors.Entry::name)
                        .containsExactlyInAnyOrder("mine", "yours"));
    }

    @Test
    void canBeSwitchedOff() {
        Contexts.of(server)
                .withPropertyValues("management.health.tandem.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(NAME));
    }

    private JavaAiClient client() {
        return JavaAiClient.builder(OpenAi.compatible(server.getUrl())).build();
    }

    private static Health healthOf(ApplicationContext context) {
        return Objects.requireNonNull(
                context.getBean(NAME, HealthIndicator.class).health());
    }
}
