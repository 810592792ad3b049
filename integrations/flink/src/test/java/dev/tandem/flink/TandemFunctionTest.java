package dev.tandem.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.cache.MemoryCache;
import dev.tandem.error.RateLimitedException;
import dev.tandem.error.TimeLimitException;
import dev.tandem.testing.FakeRequest;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import dev.tandem.testing.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.types.Either;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TandemFunctionTest {
    private static final TypeInformation<Review> REVIEWS = TypeInformation.of(Review.class);
    private static final Review GOOD = new Review(1, "Good!");
    private static final Review BAD = new Review(2, "Bad.");
    private static final Review LONG = new Review(3, "Once upon a time");

    private final FakeServer server = FakeServer.start();

    @BeforeEach
    void forget() {
        Servers.LIFE.clear();
        Servers.cache = new MemoryCache(100);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void answersAndFailuresComeWithTheirItems() throws Exception {
        server.enqueue(OpenAiReplies.chat("glad"));
        server.always(OpenAiReplies.error(429, "too fast", "rate_limit_error", "rate_limit_exceeded"));
        try (Operator<String> operator = new Operator<>(asking(Servers.at(server.getUrl()))).open()) {
            operator.take(GOOD);
            assertEquals(
                    new Answer<>(GOOD, "glad"), operator.awaitOutcomes(1).get(0).right());
            operator.take(BAD);
            Failure<Review> failure = operator.finish().get(1).left();
            assertEquals(BAD, failure.getItem());
            assertTrue(failure.getError().is(RateLimitedException.class), failure.toString());
            assertEquals(429, failure.getError().getStatus());
            assertEquals("rate_limit_exceeded", failure.getError().getCode());
            assertTrue(failure.getError().isRetryable());
            assertEquals(1, failure.getError().getAttempts());
        }
    }

    @Test
    void flinksTimerGivesTheCallUp() throws Exception {
        server.always(Reply.silence());
        try (Operator<String> operator = new Operator<>(asking(Servers.at(server.getUrl()))).open()) {
            operator.take(LONG);
            server.awaitRequest();
            operator.letTimePass(Operator.TIMEOUT_MILLIS + 1);
            CallError error = operator.awaitOutcomes(1).get(0).left().getError();
            assertTrue(error.is(TimeLimitException.class), error.toString());
            assertTrue(error.isRetryable());
            server.awaitHangUp();
            assertEquals(1, operator.finish().size());
        }
    }

    @Test
    void theEndOfTheTaskGivesUpWhatIsUnderWayAndClosesTheClient() throws Exception {
        server.always(Reply.silence());
        Operator<String> operator = new Operator<>(asking(Servers.at(server.getUrl()))).open();
        operator.take(LONG);
        server.awaitRequest();
        assertEquals(List.of("opened"), Servers.LIFE);
        operator.close();
        server.awaitHangUp();
        assertEquals(List.of("opened", "closed"), Servers.LIFE);
    }

    @Test
    void aFactoryThatFailsLeavesNothingOpen() throws Exception {
        ClientFactory failing = task -> {
            task.closing(() -> Servers.LIFE.add("closed"));
            throw new IllegalStateException("no key");
        };
        try (Operator<String> operator = new Operator<>(asking(failing))) {
            assertEquals(
                    "no key",
                    assertThrows(IllegalStateException.class, operator::open).getMessage());
            assertEquals(List.of("closed"), Servers.LIFE);
        }
    }

    @Test
    void afterARestartOnlyWhatWasUnderWayIsAskedAgainWithTheSameKey() throws Exception {
        server.enqueue(OpenAiReplies.chat("glad")).always(Reply.silence());
        TandemFunction<Review, String> function = builder(Servers.at(server.getUrl()))
                .idempotencyKey(review -> "review-" + review.id())
                .build();
        OperatorSubtaskState checkpoint;
        try (Operator<String> operator = new Operator<>(function).open()) {
            operator.take(GOOD);
            operator.awaitOutcomes(1);
            operator.take(BAD);
            operator.take(LONG);
            checkpoint = operator.checkpoint();
        }
        awaitRequests(3);
        server.always(OpenAiReplies.chat("sad"));
        try (Operator<String> operator = new Operator<>(function).openFrom(checkpoint)) {
            List<Either<Failure<Review>, Answer<Review, String>>> outcomes = operator.finish();
            assertEquals(
                    List.of(BAD, LONG),
                    outcomes.stream()
                            .map(outcome -> outcome.right().getItem())
                            .sorted((a, b) -> a.id() - b.id())
                            .toList());
        }
        assertEquals(List.of("review-1", "review-2", "review-2", "review-3", "review-3"), keys());
    }

    @Test
    void whatIsInTheCacheCostsNothingWhenAskedAgain() throws Exception {
        server.enqueue(OpenAiReplies.chat("glad"));
        TandemFunction<Review, String> function = builder(Servers.withCacheAt(server.getUrl()))
                .idempotencyKey(review -> "review-" + review.id())
                .build();
        for (int run = 1; run <= 2; run++) {
            try (Operator<String> operator = new Operator<>(function).open()) {
                operator.take(GOOD);
                assertEquals("glad", operator.finish().get(0).right().getValue());
            }
        }
        assertEquals(1, server.getRequests().size());
    }

    @Test
    void whateverIsWrongWithAnItemIsItsFailure() throws Exception {
        assertEquals(
                "IllegalArgumentException", errorOf(Ask.generate(review -> " ")).getType());
        assertEquals(
                "ArithmeticException: / by zero",
                errorOf(Ask.generate(review -> "" + 1 / (review.id() - 1))).toString());
        assertEquals(
                "IllegalStateException: the call has given null",
                errorOf(Ask.<Review, String>of((ai, item, options) -> nothing(), Types.STRING))
                        .toString());
        CallError error = errorOf(Ask.of(
                (ai, item, options) -> CompletableFuture.failedFuture(new IllegalStateException("mine")),
                Types.STRING));
        assertEquals("IllegalStateException: mine", error.toString());
    }

    @Test
    void aKeyThatNoHeaderCanCarryIsNamed() throws Exception {
        TandemFunction<Review, String> function = builder(Servers.at(server.getUrl()))
                .idempotencyKey("X-Key", Review::text)
                .build();
        try (Operator<String> operator = new Operator<>(function).open()) {
            operator.take(new Review(1, "Schön"));
            String message = operator.finish().get(0).left().getError().toString();
            assertTrue(message.contains("X-Key"), message);
        }
    }

    @Test
    void itTravelsWithoutSecrets() throws Exception {
        byte[] travelling = InstantiationUtil.serializeObject(asking(Servers.at(server.getUrl())));
        String text = new String(travelling, StandardCharsets.ISO_8859_1);
        assertTrue(text.contains("127.0.0.1"));
        assertFalse(text.contains("sk-"));
    }

    @SuppressWarnings("NullAway") // What Java's callers can do.
    private static CompletableFuture<String> nothing() {
        return CompletableFuture.completedFuture(null);
    }

    private CallError errorOf(Ask<Review, String> ask) throws Exception {
        TandemFunction<Review, String> function = TandemFunction.builder(REVIEWS, Servers.at(server.getUrl()), ask)
                .build();
        try (Operator<String> operator = new Operator<>(function).open()) {
            operator.take(GOOD);
            return operator.finish().get(0).left().getError();
        }
    }

    private static TandemFunction<Review, String> asking(ClientFactory clients) {
        return builder(clients).build();
    }

    private static TandemFunction.Builder<Review, String> builder(ClientFactory clients) {
        return TandemFunction.builder(REVIEWS, clients, Ask.generate(Review::text));
    }

    private void awaitRequests(int count) {
        for (int request = 0; request < count; request++) server.awaitRequest();
    }

    private List<String> keys() {
        return server.getRequests().stream()
                .map((FakeRequest request) -> request.header("Idempotency-Key"))
                .sorted()
                .collect(Collectors.toList());
    }
}
