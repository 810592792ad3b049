package dev.tandem.flink.example;

import dev.tandem.testing.FakeRequest;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import dev.tandem.testing.Reply;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Outlives the job, and counts what is asked of it. It thinks for a while, and refuses one row in a thousand. */
final class AskedProvider implements AutoCloseable {
    private static final Pattern QUESTION = Pattern.compile("Say \\w+ (\\d+)\\.");
    private static final int THINKS_FOR_MILLIS = 20;

    final Map<Long, AtomicInteger> asked = new ConcurrentHashMap<>();
    final Map<Long, Set<String>> keys = new ConcurrentHashMap<>();
    final AtomicInteger requests = new AtomicInteger();

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final FakeServer server = FakeServer.start();
    private volatile Runnable onRequest = () -> {};

    AskedProvider() {
        server.answering(this::answer);
    }

    String url() {
        return server.getUrl();
    }

    /** Runs with each request, on the thread that serves it. */
    void onRequest(Runnable action) {
        onRequest = action;
    }

    /** How many requests were for a row that had been asked about before. */
    int askedAgain() {
        return asked.values().stream().mapToInt(times -> times.get() - 1).sum();
    }

    static boolean refuses(long row) {
        return row % 1000 == 7;
    }

    static String answerTo(long row) {
        return "the answer to " + row;
    }

    private Reply answer(FakeRequest request) {
        long row = rowIn(request.getBody());
        asked.computeIfAbsent(row, r -> new AtomicInteger()).incrementAndGet();
        @Nullable String key = request.header("Idempotency-Key");
        keys.computeIfAbsent(row, r -> ConcurrentHashMap.newKeySet()).add(key == null ? "none" : key);
        requests.incrementAndGet();
        onRequest.run();
        CountDownLatch thought = new CountDownLatch(1);
        var unused = clock.schedule(thought::countDown, THINKS_FOR_MILLIS, TimeUnit.MILLISECONDS);
        Reply reply = refuses(row)
                ? OpenAiReplies.error(400, "this one I do not take", "invalid_request_error", null)
                : OpenAiReplies.chat(answerTo(row));
        return reply.after(thought);
    }

    private static long rowIn(String body) {
        Matcher found = QUESTION.matcher(body);
        if (!found.find()) throw new AssertionError("no question in " + body);
        return Long.parseLong(found.group(1));
    }

    @Override
    public void close() {
        server.close();
        clock.shutdownNow();
    }
}
