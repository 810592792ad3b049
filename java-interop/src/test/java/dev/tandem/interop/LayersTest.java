package dev.tandem.interop;

import static dev.tandem.interop.Fixtures.failureOf;
import static dev.tandem.interop.Fixtures.get;
import static dev.tandem.interop.Fixtures.listOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.accounting.Budget;
import dev.tandem.accounting.Price;
import dev.tandem.accounting.Prices;
import dev.tandem.accounting.Spending;
import dev.tandem.error.BudgetExceededException;
import dev.tandem.error.CircuitOpenException;
import dev.tandem.error.NoTurnException;
import dev.tandem.error.ServerException;
import dev.tandem.model.Options;
import dev.tandem.pipeline.CallEvent;
import dev.tandem.pipeline.CircuitState;
import dev.tandem.provider.openai.OpenAi;
import dev.tandem.resilience.Concurrency;
import dev.tandem.resilience.RetryPolicy;
import dev.tandem.resilience.Routing;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import dev.tandem.testing.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each layer, set as Java does it, in all three styles. */
class LayersTest {
    private static final Reply BUSY = OpenAiReplies.error(500, "try later", "server_error", null);
    private static final Options SOON =
            CallOptions.builder().timeout(Duration.ofSeconds(5)).build();

    private final FakeServer server = FakeServer.start();
    private final List<JavaAiClient> clients = new ArrayList<>();

    private JavaAiClient client(UnaryOperator<JavaAiClient.Builder> settings) {
        JavaAiClient.Builder builder = JavaAiClient.builder(OpenAi.compatible(server.getUrl(), "sk-test"))
                .model("fake-1")
                .embeddingModel("fake-embed")
                .retry(RetryPolicy.NONE);
        JavaAiClient client = settings.apply(builder).build();
        clients.add(client);
        return client;
    }

    @AfterEach
    void close() {
        clients.forEach(JavaAiClient::close);
        server.close();
    }

    @Test
    void whatFailsForNowIsTriedAgain() throws Exception {
        JavaAiClient ai = client(b -> b.retry(r -> r.maxAttempts(3).firstPauseMillis(1)));
        server.enqueue(
                BUSY, BUSY, OpenAiReplies.chat("a"), BUSY, OpenAiReplies.chat("b"), BUSY, OpenAiReplies.chat("c"));
        assertEquals("a", ai.blocking().generate("Hi"));
        assertEquals("b", get(ai.async().generate("Hi")));
        assertEquals(List.of("c"), Collected.all(ai.reactive().generate("Hi")).toList());
        server.enqueue(BUSY, OpenAiReplies.stream("d", "e"));
        try (BlockingStream<String> stream = ai.blocking().streamText("Hi")) {
            assertEquals(List.of("d", "e"), listOf(stream));
        }
        server.always(BUSY);
        ServerException error = assertInstanceOf(
                ServerException.class, failureOf(() -> get(ai.async().generate("Hi"))));
        assertEquals(3, error.getAttempts());
    }

    @Test
    void ratesAndSlotsHoldForAllStylesTogether() throws Exception {
        server.always(OpenAiReplies.chat("ok"));
        JavaAiClient ai = client(b -> b.rateLimit(r -> r.requestsPerMinute(3).tokensPerMinute(100_000L))
                .concurrency(Concurrency.atMost(2)));
        ai.blocking().generate("Hi");
        ai.async().generate("Hi").join();
        assertEquals(List.of("ok"), Collected.all(ai.reactive().generate("Hi")).toList());
        assertInstanceOf(NoTurnException.class, failureOf(() -> ai.blocking().generate("Hi", SOON)));
    }

    @Test
    void whoeverWaitsForATurnMayLeaveTheLine() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        server.enqueue(OpenAiReplies.chat("first").after(gate)).always(OpenAiReplies.chat("last"));
        JavaAiClient ai = client(b -> b.concurrency(Concurrency.atMost(1)));
        CompletableFuture<String> first = ai.async().generate("first");
        server.awaitRequest();
        CompletableFuture<String> second = ai.async().generate("second");
        Collected<String> third = Collected.all(ai.reactive().generate("third"));
        CompletableFuture<String> last = ai.async().generate("last");
        second.cancel(true);
        third.cancel();
        gate.countDown();
        assertEquals("first", get(first));
        assertEquals("last", get(last));
        assertEquals(2, server.getRequests().size());
    }

    @Test
    void whoeverPausesBeforeAnotherAttemptMayLeave() throws Exception {
        server.always(BUSY);
        CountDownLatch isPausing = new CountDownLatch(2);
        CountDownLatch areGone = new CountDownLatch(2);
        JavaAiClient ai = client(b -> b.retry(
                        r -> r.maxAttempts(5).firstPauseMillis(60_000).maxPauseMillis(60_000))
                .listener((call, event) -> {
                    if (event instanceof CallEvent.Retrying) isPausing.countDown();
                    if (event instanceof CallEvent.Cancelled) areGone.countDown();
                }));
        CompletableFuture<String> future = ai.async().generate("Hi");
        Collected<String> publisher = Collected.all(ai.reactive().generate("Hi"));
        assertTrue(isPausing.await(Fixtures.PATIENCE_SECONDS, TimeUnit.SECONDS));
        future.cancel(true);
        publisher.cancel();
        assertTrue(areGone.await(Fixtures.PATIENCE_SECONDS, TimeUnit.SECONDS));
        assertEquals(2, server.getRequests().size());
    }

    @Test
    void aTargetThatKeepsFailingIsLeftAlone() {
        server.always(BUSY);
        JavaAiClient ai = client(
                b -> b.circuitBreaker(c -> c.failures(2).pauseMillis(60_000).probes(1)));
        assertEquals(CircuitState.CLOSED, ai.stats().getCircuit());
        failureOf(() -> ai.blocking().generate("Hi"));
        failureOf(() -> get(ai.async().generate("Hi")));
        assertInstanceOf(
                CircuitOpenException.class, failureOf(() -> ai.blocking().generate("Hi")));
        assertEquals(CircuitState.OPEN, ai.stats().getCircuit());
        assertEquals(2, server.getRequests().size());
    }

    @Test
    void anotherProviderAnswersWhereTheFirstFails() throws Exception {
        server.always(BUSY);
        try (FakeServer other = FakeServer.start()) {
            other.always(OpenAiReplies.chat("from the other"));
            JavaAiClient ai = client(b -> b.alternative(
                            OpenAi.compatible(other.getUrl(), "sk-other"),
                            a -> a.model("other-1").weight(2))
                    .alternativeFor(e -> e instanceof ServerException)
                    .routing(Routing.ORDERED));
            assertEquals("from the other", ai.blocking().generate("Hi"));
            assertEquals("from the other", get(ai.async().generate("Hi")));
            assertTrue(other.getRequests().get(0).getBody().contains("other-1"));
        }
    }

    @Test
    void aSlowCallIsMadeOnceMore() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        JavaAiClient ai = client(b -> b.hedging(h -> h.afterMillis(50).share(1)));
        server.enqueue(OpenAiReplies.chat("slow").after(never), OpenAiReplies.chat("quick"));
        assertEquals("quick", get(ai.async().generate("Hi")));
        server.awaitHangUp();
    }

    @Test
    void theSlowerOneIsGoneBeforeTheFasterOneIsRead() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        JavaAiClient ai = client(b -> b.hedging(h -> h.afterMillis(50).share(1)).concurrency(Concurrency.atMost(2)));
        server.enqueue(
                OpenAiReplies.chat("slow").after(never), OpenAiReplies.stream("a", "b"), OpenAiReplies.chat("within"));
        try (BlockingStream<String> stream = ai.blocking().streamText("Hi")) {
            Iterator<String> pieces = stream.iterator();
            assertEquals("a", pieces.next());
            Options soon = CallOptions.builder().timeout(Duration.ofSeconds(5)).build();
            assertEquals("within", ai.blocking().generate("and?", soon));
            assertEquals("b", pieces.next());
        }
    }

    @Test
    void whatIsSpentIsBookedAndBounded() {
        server.always(OpenAiReplies.chat("ok"));
        JavaAiClient ai = client(b -> b.prices(Prices.NONE.with("fake-1", new Price(1_000_000, 2_000_000)))
                .budget(Budget.ofTokens(1_000).forTag("guests"))
                .tag("all"));
        ai.blocking()
                .generate(
                        "Hi", CallOptions.builder().tag("guests").maxTokens(100).build());
        Spending spent = ai.spending("guests");
        assertEquals(1, spent.getRequests());
        assertEquals(5, spent.getTotalTokens());
        assertEquals(ai.spending().getUsd(), spent.getUsd());
        assertTrue(spent.getUsd() > 5);
        assertEquals(
                List.of("all", "guests"),
                ai.spendingByTag().keySet().stream().sorted().collect(Collectors.toList()));
        assertInstanceOf(
                BudgetExceededException.class,
                failureOf(() -> ai.blocking()
                        .generate(
                                "Hi",
                                CallOptions.builder()
                                        .tag("guests")
                                        .maxTokens(2_000)
                                        .build())));
        ai.blocking().generate("Hi", CallOptions.builder().maxTokens(2_000).build());
    }

    @Test
    void listenersHearOfAllThatHappens() throws Exception {
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        JavaAiClient ai = client(b -> b.prices(Prices.NONE.with("fake-1", new Price(1_000_000, 2_000_000)))
                .retry(r -> r.maxAttempts(2).firstPauseMillis(1))
                .listener((call, event) -> {
                    heard.add(event.getClass().getSimpleName());
                    if (event instanceof CallEvent.Completed completed) heard.add("$" + completed.getUsd());
                    if (event instanceof CallEvent.Retrying retrying) heard.add(retrying.getPauseMillis() + " ms");
                }));
        server.enqueue(BUSY, OpenAiReplies.chat("ok"));
        get(ai.async().generate("Hi"));
        assertTrue(
                heard.containsAll(List.of("Started", "Sent", "Returned", "Retrying", "FirstItem", "Completed", "$7.0")),
                heard.toString());
        assertEquals(1, ai.stats().getSuccessful());
        assertTrue(ai.stats().getP95FirstItemMillis() > 0);
    }
}
