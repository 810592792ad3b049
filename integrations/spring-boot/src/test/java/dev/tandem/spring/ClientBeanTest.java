package dev.tandem.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.interop.JavaAiClient;
import dev.tandem.provider.Provider;
import dev.tandem.provider.openai.OpenAi;
import dev.tandem.telemetry.CallListener;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.annotation.Order;

class ClientBeanTest {
    private final FakeServer server = FakeServer.start();

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Test
    void isClosedWithItsContext() {
        List<JavaAiClient> kept = new ArrayList<>();
        Contexts.of(server).run(context -> {
            JavaAiClient ai = context.getBean(JavaAiClient.class);
            assertThat(ai.healthCheck().isRuntimeHealthy()).isTrue();
            kept.add(ai);
        });
        assertThatThrownBy(() -> kept.get(0).blocking().generate("Hi")).hasMessageContaining("closed");
    }

    @Test
    void anOwnClientIsTheOnlyOne() {
        Contexts.plain()
                .withPropertyValues("tandem.provider=nobody", "tandem.own=is left alone")
                .withBean(
                        JavaAiClient.class,
                        () -> JavaAiClient.builder(OpenAi.compatible(server.getUrl()))
                                .build())
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(JavaAiClient.class)
                        .doesNotHaveBean(CallsUnderWay.class));
    }

    @Test
    void aProviderBeanWinsOverProperties() {
        server.enqueue(OpenAiReplies.chat("It is well"));
        Contexts.plain()
                .withPropertyValues("tandem.provider=anthropic", "tandem.model=fake-1")
                .withBean(Provider.class, () -> OpenAi.compatible(server.getUrl()))
                .run(context -> assertThat(
                                context.getBean(JavaAiClient.class).blocking().generate("Is all well?"))
                        .isEqualTo("It is well"));
        assertThat(server.awaitRequest().getBody()).contains("fake-1");
    }

    @Test
    void allListenersHear() {
        server.enqueue(OpenAiReplies.chat("It is well"));
        AtomicInteger first = new AtomicInteger();
        AtomicInteger second = new AtomicInteger();
        Contexts.of(server)
                .withBean("first", CallListener.class, () -> (call, event) -> first.incrementAndGet())
                .withBean("second", CallListener.class, () -> (call, event) -> second.incrementAndGet())
                .run(context -> context.getBean(JavaAiClient.class).blocking().generate("Is all well?"));
        assertThat(first.get()).isPositive().isEqualTo(second.get());
    }

    @Test
    void customizersHaveTheLastWordInTheirOrder() {
        server.enqueue(OpenAiReplies.chat("It is well"));
        Contexts.of(server)
                .withBean("last", Last.class)
                .withBean("first", First.class)
                .run(context -> context.getBean(JavaAiClient.class).blocking().generate("Is all well?"));
        assertThat(server.awaitRequest().getBody()).contains("fake-3").contains("0.5");
    }

    @Order(1)
    static final class First implements TandemCustomizer {
        @Override
        public void customize(JavaAiClient.Builder client) {
            client.model("fake-2").temperature(0.5);
        }
    }

    @Order(2)
    static final class Last implements TandemCustomizer {
        @Override
        public void customize(JavaAiClient.Builder client) {
            client.model("fake-3");
        }
    }

    @Test
    void canBeSwitchedOff() {
        Contexts.plain()
                .withPropertyValues("tandem.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(JavaAiClient.class));
    }
}
