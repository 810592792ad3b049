package dev.tandem.interop;

/** One thing, seen in three ways: same operations, arguments, results and exceptions in each. */
public abstract class Views<C, B, A, R> {
    private final C core;
    private final B blocking;
    private final A async;
    private final R reactive;

    Views(C core, B blocking, A async, R reactive) {
        this.core = core;
        this.blocking = blocking;
        this.async = async;
        this.reactive = reactive;
    }

    /** Calls that return when they are done. */
    public final B blocking() {
        return blocking;
    }

    /**
     * Calls that return a {@link java.util.concurrent.CompletableFuture}. Cancelling one, {@code orTimeout} or cancelling a
     * stage derived from it gives the call up. Stages run on a thread of the SDK, which refuses blocking calls, unless you
     * give an executor: {@code thenApplyAsync(…, executor)}.
     */
    public final A async() {
        return async;
    }

    /** Calls that return a {@link org.reactivestreams.Publisher}. */
    public final R reactive() {
        return reactive;
    }

    /** The thing itself, for Kotlin code. */
    public final C core() {
        return core;
    }

    @Override
    public final String toString() {
        return core.toString();
    }
}
