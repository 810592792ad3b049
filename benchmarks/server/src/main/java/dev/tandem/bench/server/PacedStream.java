package dev.tandem.bench.server;

import dev.tandem.bench.Served;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/** A stream at the pace of a model, each event in an HTTP chunk of its own. A delta holds the time at which it is written. */
final class PacedStream {
    private final Served served;
    private final boolean hasUsage;
    private final Schedule schedule;
    private final Connection connection;
    private long due;
    private int sent;

    PacedStream(Served served, boolean hasUsage, Schedule schedule, Connection connection) {
        this.served = served;
        this.hasUsage = hasUsage;
        this.schedule = schedule;
        this.connection = connection;
    }

    void begin() {
        send(Http.joined(Http.eventStreamHead(), Http.chunk(Chunks.role())));
        due = System.nanoTime();
        next();
    }

    private void next() {
        due += TimeUnit.MILLISECONDS.toNanos(served.millis());
        schedule.at(due, this::tick);
    }

    private void tick() {
        if (!connection.isOpen()) return;
        send(Http.chunk(Chunks.delta(Long.toString(System.nanoTime()))));
        if (++sent < served.deltas()) next();
        else end();
    }

    private void end() {
        byte[] last = hasUsage ? Http.joined(Chunks.finish(), Chunks.usage()) : Chunks.finish();
        send(Http.joined(Http.chunk(Http.joined(last, Chunks.DONE)), Http.LAST_CHUNK));
    }

    private void send(byte[] bytes) {
        connection.send(ByteBuffer.wrap(bytes));
    }
}
