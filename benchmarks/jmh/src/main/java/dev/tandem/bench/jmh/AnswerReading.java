package dev.tandem.bench.jmh;

import dev.tandem.bench.server.Recording;
import dev.tandem.interop.JavaAiClient;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One whole answer through the public client, from bytes in memory to a text in the program. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class AnswerReading {
    private JavaAiClient ai;

    @Setup
    public void open() {
        ai = Clients.reading(Recording.answer(), "application/json");
    }

    @TearDown
    public void close() {
        ai.close();
    }

    @Benchmark
    public String answer() {
        return ai.blocking().generate("Hello");
    }
}
