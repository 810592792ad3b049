package dev.tandem.bench.jmh;

import dev.tandem.bench.server.Recording;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.workflow.TransformNode;
import dev.tandem.workflow.Workflow;
import dev.tandem.workflow.run.WorkflowExecutor;
import dev.tandem.workflow.run.WorkflowResult;
import java.util.concurrent.TimeUnit;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.BuildersKt;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What a workflow costs besides what its nodes do: linear is ten times as long for ten times the nodes. One thread does all of it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class WorkflowNodes {
    public enum Shape {
        /** Each after the one before. */
        CHAIN,
        /** All after the first, and the last after all. */
        FAN
    }

    @Param
    public Shape shape;

    @Param({"1000", "10000", "100000"})
    public int nodes;

    private JavaAiClient ai;
    private WorkflowExecutor executor;
    private Workflow.Builder builder;
    private Workflow workflow;

    @Setup
    public void build() {
        ai = Clients.builder(Recording.answer(), "application/json").build();
        executor = WorkflowExecutor.of(ai.core());
        builder = Workflow.builder("nodes");
        for (int i = 0; i < nodes; i++) builder.add(TransformNode.of("n" + i, (inputs, k) -> 1));
        if (shape == Shape.CHAIN) {
            for (int i = 1; i < nodes; i++) builder.connect("n" + (i - 1), "n" + i);
        } else {
            for (int i = 1; i < nodes - 1; i++) builder.connect("n0", "n" + i).connect("n" + i, "n" + (nodes - 1));
        }
        workflow = builder.build();
    }

    @TearDown
    public void close() {
        executor.close();
        ai.close();
    }

    /** Looks at all of it. */
    @Benchmark
    public Workflow check() {
        return builder.build();
    }

    /** Runs it; the functions do nothing. */
    @Benchmark
    public WorkflowResult run() throws InterruptedException {
        return BuildersKt.<WorkflowResult>runBlocking(
                EmptyCoroutineContext.INSTANCE, (scope, k) -> executor.execute(workflow, java.util.Map.of(), k));
    }
}
