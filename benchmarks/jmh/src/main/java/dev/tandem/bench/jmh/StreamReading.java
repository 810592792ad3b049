package dev.tandem.bench.jmh;

import dev.tandem.bench.Served;
import dev.tandem.bench.server.Recording;
import dev.tandem.interop.BlockingStream;
import dev.tandem.interop.JavaAiClient;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** A stream of 10,000 deltas through the public client, from bytes in memory to texts in the program. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class StreamReading {
    private static final int DELTAS = 10_000;

    @Param({"FAST", "OBFUSCATED", "ESCAPED"})
    public Served.Kind kind;

    private JavaAiClient ai;

    @Setup
    public void open() {
        ai = Clients.reading(Recording.stream(kind, DELTAS), "text/event-stream");
    }

    @TearDown
    public void close() {
        ai.close();
    }

    @Benchmark
    public void future(Blackhole texts) {
        ai.async().streamText("Hello", texts::consume).join();
    }

    @Benchmark
    public void blocking(Blackhole texts) {
        try (BlockingStream<String> stream = ai.blocking().streamText("Hello")) {
            for (String text : stream) texts.consume(text);
        }
    }
}
