package dev.tandem.flink.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

/** The job is killed at half way, started again, and asked what it has written. */
class ExactlyOnceTest {
    private static final int TASKS = 2;
    private static final int CAPACITY = 50;

    @TempDir
    Path folder;

    private final AskedProvider provider = new AskedProvider();

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void killedAtHalfWayItWritesEachRowOnce() throws Exception {
        int rows = 10_000;
        int requestsAtKill = killAfter(rows / 2, this::hasCheckpoint, start(rows, 300, Map.of()));
        assertTrue(requestsAtKill < rows * 9 / 10, "killed too late: after " + requestsAtKill + " requests");

        finish(start(rows, 300, Map.of()));

        assertTrue(Files.readString(folder.resolve("log")).contains("goes on from"));
        assertEachRowOnce(rows);
        assertEachRowHasItsKey(rows);
        report(rows, requestsAtKill);
    }

    @Test
    void whatWasAnsweredBeforeTheCrashIsNotPaidForAgain() throws Exception {
        int rows = 1_000;
        RedisServer redis = RedisServer.newRedisServer()
                .bind("127.0.0.1")
                .port(freePort())
                .setting("save \"\"")
                .build();
        redis.start();
        try {
            Map<String, String> shared =
                    Map.of("REDIS_URL", "redis://127.0.0.1:" + redis.ports().get(0));
            // No checkpoint by then: all rows come again, the worst there is.
            int requestsAtKill = killAfter(rows / 2, () -> true, start(rows, 3_600_000, shared));

            finish(start(rows, 300, shared));

            assertEachRowOnce(rows);
            report(rows, requestsAtKill);
            // Those under way, and those whose answers were being put away.
            int most = 2 * TASKS * CAPACITY;
            assertTrue(provider.askedAgain() <= most, "not only what was under way: " + provider.askedAgain());
        } finally {
            redis.stop();
        }
    }

    private JobProcess start(int rows, long checkpointMillis, Map<String, String> shared) throws IOException {
        Map<String, String> environment = new HashMap<>(shared);
        environment.put("OPENAI_API_KEY", "sk-any");
        environment.put("OPENAI_BASE_URL", provider.url());
        return new JobProcess(
                folder.resolve("log"),
                environment,
                Map.of(
                        "rows", rows,
                        "parallelism", TASKS,
                        "capacity", CAPACITY,
                        "checkpoint-millis", checkpointMillis,
                        "checkpoints", folder.resolve("checkpoints"),
                        "out", folder.resolve("out")));
    }

    /** How many requests there were by then. */
    private int killAfter(int requests, BooleanSupplier also, JobProcess job) throws Exception {
        CompletableFuture<Integer> killed = new CompletableFuture<>();
        provider.onRequest(() -> {
            if (provider.requests.get() >= requests && !killed.isDone() && also.getAsBoolean()) {
                job.kill();
                killed.complete(provider.requests.get());
            }
        });
        try (job) {
            int requestsAtKill = killed.get(2, TimeUnit.MINUTES);
            assertNotEquals(0, job.await());
            provider.onRequest(() -> {});
            return requestsAtKill;
        }
    }

    private void finish(JobProcess job) throws Exception {
        try (job) {
            assertEquals(0, job.await(), this::log);
        }
    }

    private void assertEachRowOnce(int rows) throws IOException {
        Map<Long, List<String>> answers = Rows.in(folder.resolve("out/answers"));
        Map<Long, List<String>> failures = Rows.in(folder.resolve("out/failures"));
        LongStream.range(0, rows).forEach(row -> {
            List<String> answer = answers.getOrDefault(row, List.of());
            List<String> failure = failures.getOrDefault(row, List.of());
            if (AskedProvider.refuses(row)) {
                assertEquals(List.of(), answer);
                assertEquals(1, failure.size(), () -> "row " + row + ": " + failure);
                assertTrue(failure.get(0).startsWith("InvalidRequestException"), failure.get(0));
            } else {
                assertEquals(List.of(AskedProvider.answerTo(row)), answer, () -> "row " + row);
                assertEquals(List.of(), failure);
            }
        });
        assertEquals(rows, answers.size() + failures.size());
    }

    private void assertEachRowHasItsKey(int rows) {
        assertEquals(rows, provider.keys.size());
        provider.keys.forEach((row, keys) -> assertEquals(Set.of("question-" + row + "-1"), keys));
    }

    private void report(int rows, int requestsAtKill) {
        System.out.printf(
                "%,d of %,d rows once each: killed after %,d requests, %,d calls made again%n",
                rows, rows, requestsAtKill, provider.askedAgain());
    }

    private boolean hasCheckpoint() {
        try {
            return LatestCheckpoint.in(folder.resolve("checkpoints")).isPresent();
        } catch (IOException | UncheckedIOException e) {
            // Flink removes the older ones at the same time.
            return false;
        }
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
