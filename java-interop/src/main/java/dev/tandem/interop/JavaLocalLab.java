package dev.tandem.interop;

import dev.tandem.locallab.LocalLabServer;
import dev.tandem.provider.locallab.LocalLab;

/**
 * What a LocalLab server can do besides answering, seen in three ways: {@link #blocking()}, {@link #async()} and
 * {@link #reactive()} offer the same operations with the same arguments, results and exceptions. Make one, share it between
 * all threads, close it at the end.
 */
public final class JavaLocalLab implements AutoCloseable {
    private final LocalLabServer core;
    private final BlockingLocalLab blocking;
    private final AsyncLocalLab async;
    private final ReactiveLocalLab reactive;

    private JavaLocalLab(LocalLabServer core) {
        this.core = core;
        this.blocking = new BlockingLocalLab(core);
        this.async = new AsyncLocalLab(core);
        this.reactive = new ReactiveLocalLab(core);
    }

    /** The server that the provider names, with everything else left as it is by default. */
    public static JavaLocalLab of(LocalLab provider) {
        return of(new LocalLabServer(provider));
    }

    /** The server behind a client of LocalLab's, by the same connections and options. Closing either closes both. */
    public static JavaLocalLab of(JavaAiClient client) {
        return of(LocalLabServer.of(client.core()));
    }

    /** The views of a server that Kotlin code made. Closing either closes both. */
    public static JavaLocalLab of(LocalLabServer core) {
        return new JavaLocalLab(core);
    }

    /** Calls that return when they are done. */
    public BlockingLocalLab blocking() {
        return blocking;
    }

    /** Calls that return a {@link java.util.concurrent.CompletableFuture}. */
    public AsyncLocalLab async() {
        return async;
    }

    /** Calls that return a {@link org.reactivestreams.Publisher}. */
    public ReactiveLocalLab reactive() {
        return reactive;
    }

    /** The server itself, for Kotlin code. */
    public LocalLabServer core() {
        return core;
    }

    /** Ends calls under way with an {@link IllegalStateException}. Closing twice is fine. */
    @Override
    public void close() {
        core.close();
    }

    @Override
    public String toString() {
        return core.toString();
    }
}
