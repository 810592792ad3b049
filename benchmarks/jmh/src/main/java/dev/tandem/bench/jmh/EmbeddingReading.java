package dev.tandem.bench.jmh;

import dev.tandem.bench.Encoding;
import dev.tandem.bench.Served;
import dev.tandem.bench.server.Recording;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.model.Embedding;
import java.util.Collections;
import java.util.List;
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

/** 64 vectors of 1,536 numbers through the public client, from bytes in memory to arrays in the program. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class EmbeddingReading {
    private static final List<String> TEXTS = Collections.nCopies(Served.VECTORS, "A text of a batch.");

    @Param({"FLOAT", "BASE64"})
    public Encoding encoding;

    private JavaAiClient ai;

    @Setup
    public void open() {
        ai = Clients.reading(Recording.embeddings(encoding), "application/json");
    }

    @TearDown
    public void close() {
        ai.close();
    }

    @Benchmark
    public List<Embedding> embeddings() {
        return ai.blocking().embedMany(TEXTS);
    }
}
