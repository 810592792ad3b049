package dev.tandem.bench.server;

import dev.tandem.bench.Served;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Answers each request as its model's name says; see {@link Served}. */
final class Replies {
    private static final byte[] MODEL = Bytes.of("\"model\"");
    private static final byte[] STREAM = Bytes.of("\"stream\"");
    private static final byte[] ENCODING = Bytes.of("\"encoding_format\"");
    private static final byte[] INCLUDE_USAGE = Bytes.of("\"include_usage\"");

    private final Schedule schedule;
    private final WholeAnswer answer = new WholeAnswer();
    private final Vectors vectors = new Vectors();
    private final Map<String, Served> models = new HashMap<>();
    private final Map<Served, Backlog> backlogs = new HashMap<>();

    Replies(Schedule schedule) {
        this.schedule = schedule;
    }

    void to(Request request, Connection connection) {
        if (request.isForEmbeddings()) {
            boolean base64 = request.text(ENCODING).equals("base64");
            connection.send(base64 ? vectors.base64() : vectors.floats());
            return;
        }
        Served served = models.computeIfAbsent(request.text(MODEL), Served::of);
        if (request.isTrue(STREAM)) stream(served, request.isTrue(INCLUDE_USAGE), connection);
        else if (served.millis() == 0) connection.send(answer.bytes());
        else later(served.millis(), () -> connection.send(answer.bytes()));
    }

    private void stream(Served served, boolean hasUsage, Connection connection) {
        if (served.kind() == Served.Kind.PACED) new PacedStream(served, hasUsage, schedule, connection).begin();
        else backlogs.computeIfAbsent(served, Backlog::new).sendTo(connection, hasUsage);
    }

    private void later(int millis, Runnable work) {
        schedule.at(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis), work);
    }
}
