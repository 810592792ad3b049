package dev.tandem.flink;

import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.jspecify.annotations.Nullable;

/** One parallel task, from its opening to its end. */
public final class TaskScope {
    private final RuntimeContext runtime;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    TaskScope(RuntimeContext runtime) {
        this.runtime = runtime;
    }

    /** What Flink says of the task: its index, its metrics, the job's parameters. */
    public RuntimeContext runtime() {
        return runtime;
    }

    /** {@code resource}, which is closed with the task: after the client, and after all that was opened later. */
    public <C extends AutoCloseable> C closing(C resource) {
        open.push(resource);
        return resource;
    }

    /** Closes all, whichever of them fails. */
    void close() throws Exception {
        Exception failure = null;
        while (!open.isEmpty()) failure = joined(failure, closed(open.pop()));
        if (failure != null) throw failure;
    }

    private static @Nullable Exception closed(AutoCloseable resource) {
        try {
            resource.close();
            return null;
        } catch (Exception e) {
            return e;
        }
    }

    private static @Nullable Exception joined(@Nullable Exception first, @Nullable Exception second) {
        if (first == null) return second;
        if (second != null) first.addSuppressed(second);
        return first;
    }
}
