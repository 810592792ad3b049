package dev.tandem.bench.jmh;

import dev.tandem.bench.Served;
import dev.tandem.bench.server.Recording;
import dev.tandem.transport.Frame;
import dev.tandem.transport.SseParser;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * About 1 MB of stream cut into events, as it comes off a socket: in pieces of 16 KB. The parser has no public door by
 * itself, so this is the one place that goes past {@code internal}, which Java does not see.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SseSplit {
    private static final int DELTAS = 4_000;
    private static final int PIECE_BYTES = 16 * 1024;
    private static final int MAX_EVENT_BYTES = 16 * 1024 * 1024;

    @Param({"FAST", "OBFUSCATED", "ESCAPED"})
    public Served.Kind kind;

    private byte[] stream;

    @Setup
    public void record() {
        stream = Recording.stream(kind, DELTAS);
    }

    @Benchmark
    public void split(Blackhole events) {
        SseParser parser = new SseParser(MAX_EVENT_BYTES);
        for (int from = 0; from < stream.length; from += PIECE_BYTES) {
            parser.feed(stream, from, Math.min(from + PIECE_BYTES, stream.length));
            for (Frame event = parser.next(); event != null; event = parser.next()) events.consume(event);
        }
        events.consume(parser.finish());
    }
}
