package dev.tandem.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.error.BudgetExceededException;
import dev.tandem.error.CircuitOpenException;
import dev.tandem.error.NoTurnException;
import dev.tandem.error.ServerException;
import dev.tandem.error.TimeLimitException;
import dev.tandem.interop.BlockingClient;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.testing.FakeRequest;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import dev.tandem.testing.Reply;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What properties make of a client, seen by a server. */
class PropertiesTest {
    private static final Reply BROKEN = OpenAiReplies.error(500, "broken", "server_error", null);

    private final FakeServer server = FakeServer.start();

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Test
    void optionsGoWithEveryCall() {
        server.enqueue(OpenAiReplies.chat("It is well"), OpenAiReplies.embeddings(new float[] {1, 2}));
        with(
                ai -> {
                    ai.generate("Is all well?");
                    ai.embed("All is well");
                },
                "tandem.embedding-model=fake-embed",
                "tandem.options.temperature=0.5",
                "tandem.options.top-p=0.9",
                "tandem.options.max-tokens=77");
        FakeRequest chat = server.awaitRequest();
        assertThat(chat.header("authorization")).isEqualTo("Bearer " + Contexts.KEY);
        assertThat(chat.getBody())
                .contains("\"model\":\"fake-1\"", "\"temperature\":0.5", "\"top_p\":0.9", "\"max_tokens\":77");
        assertThat(server.awaitRequest().getBody()).contains("\"model\":\"fake-embed\"");
    }

    @Test
    void timersEndCalls() {
        server.always(Reply.silence());
        with(
                ai -> assertThatThrownBy(() -> ai.generate("Is all well?"))
                        .isInstanceOf(TimeLimitException.class)
                        .hasMessageContaining("FIRST_BYTE"),
                "tandem.timeouts.first-byte=50ms",
                "tandem.timeouts.total=1m",
                "tandem.timeouts.connect=5s",
                "tandem.timeouts.write=5s",
                "tandem.timeouts.first-event=5s",
                "tandem.timeouts.idle=5s",
                "tandem.retry.max-attempts=1");
    }

    @Test
    void retriesAreAsManyAsTheySay() {
        server.always(BROKEN);
        with(
                ai -> assertThatThrownBy(() -> ai.generate("Is all well?")).isInstanceOf(ServerException.class),
                "tandem.retry.max-attempts=2",
                "tandem.retry.first-pause=1ms",
                "tandem.retry.max-pause=1ms");
        assertThat(server.getRequests()).hasSize(2);
    }

    @Test
    void aCircuitOpens() {
        server.always(BROKEN);
        with(
                ai -> {
                    assertThatThrownBy(() -> ai.generate("Is all well?")).isInstanceOf(ServerException.class);
                    assertThatThrownBy(() -> ai.generate("And now?")).isInstanceOf(CircuitOpenException.class);
                },
                "tandem.retry.max-attempts=1",
                "tandem.circuit-breaker.failures=1",
                "tandem.circuit-breaker.pause=1h");
    }

    @Test
    void equalCallsAreMadeOnce() {
        server.enqueue(OpenAiReplies.chat("It is well"));
        with(
                ai -> assertThat(ai.generate("Is all well?")).isEqualTo(ai.generate("Is all well?")),
                "tandem.cache.max-entries=10",
                "tandem.cache.ttl=1h");
        assertThat(server.getRequests()).hasSize(1);
    }

    @Test
    void aSpentBudgetRefuses() {
        server.always(OpenAiReplies.chat("It is well"));
        with(
                ai -> assertThatThrownBy(() -> ai.generate("Is all well?")).isInstanceOf(BudgetExceededException.class),
                "tandem.budget.tokens=1",
                "tandem.budget.usd=20");
        assertThat(server.getRequests()).isEmpty();
    }

    /** The second one would have to wait for a minute, and may not. */
    @Test
    void ratesAreKept() {
        server.always(OpenAiReplies.chat("It is well"));
        with(
                ai -> {
                    ai.generate("Is all well?");
                    assertThatThrownBy(() -> ai.generate("And now?")).isInstanceOf(NoTurnException.class);
                },
                "tandem.rate-limit.requests-per-minute=1",
                "tandem.rate-limit.tokens-per-minute=100000",
                "tandem.timeouts.total=10s");
        assertThat(server.getRequests()).hasSize(1);
    }

    @Test
    void noMoreCallsAreUnderWayThanMayBe() {
        CountDownLatch gate = new CountDownLatch(1);
        server.enqueue(OpenAiReplies.chat("one").after(gate), OpenAiReplies.chat("two"));
        Contexts.of(server).withPropertyValues("tandem.concurrency.at-most=1").run(context -> {
            JavaAiClient ai = context.getBean(JavaAiClient.class);
            CompletableFuture<String> first = ai.async().generate("One?");
            server.awaitRequest();
            CompletableFuture<String> second = ai.async().generate("Two?");
            assertThat(server.getRequests()).hasSize(1);
            gate.countDown();
            assertThat(first.join()).isEqualTo("one");
            assertThat(second.join()).isEqualTo("two");
        });
    }

    @Test
    void concurrencyCanAdapt() {
        server.enqueue(OpenAiReplies.chat("It is well"));
        with(
                ai -> assertThat(ai.generate("Is all well?")).isEqualTo("It is well"),
                "tandem.concurrency.at-most=100",
                "tandem.concurrency.adaptive=true");
    }

    private void with(Consumer<BlockingClient> test, String... properties) {
        Contexts.of(server)
                .withPropertyValues(properties)
                .run(context -> test.accept(context.getBean(JavaAiClient.class).blocking()));
    }
}
