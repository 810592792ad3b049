package dev.tandem.interop;

import dev.tandem.ollama.OllamaModels;
import dev.tandem.provider.ollama.Ollama;

/**
 * The models on a server of Ollama, seen in three ways: {@link #blocking()}, {@link #async()} and {@link #reactive()}
 * offer the same operations with the same arguments, results and exceptions. Make one, share it between all threads,
 * close it at the end.
 */
public final class JavaOllamaModels implements AutoCloseable {
    private final OllamaModels core;
    private final BlockingOllamaModels blocking;
    private final AsyncOllamaModels async;
    private final ReactiveOllamaModels reactive;

    private JavaOllamaModels(OllamaModels core) {
        this.core = core;
        this.blocking = new BlockingOllamaModels(core);
        this.async = new AsyncOllamaModels(core);
        this.reactive = new ReactiveOllamaModels(core);
    }

    /** The models of the server that {@code provider} names, with everything else left as it is by default. */
    public static JavaOllamaModels of(Ollama provider) {
        return of(new OllamaModels(provider));
    }

    /** The models of the server behind a client of Ollama, by the same connections and options; closing either closes both. */
    public static JavaOllamaModels of(JavaAiClient client) {
        return of(OllamaModels.of(client.core()));
    }

    /** The views of what Kotlin code made. Closing either closes both. */
    public static JavaOllamaModels of(OllamaModels core) {
        return new JavaOllamaModels(core);
    }

    /** Calls that return when they are done. */
    public BlockingOllamaModels blocking() {
        return blocking;
    }

    /** Calls that return a {@link java.util.concurrent.CompletableFuture}. */
    public AsyncOllamaModels async() {
        return async;
    }

    /** Calls that return a {@link org.reactivestreams.Publisher}. */
    public ReactiveOllamaModels reactive() {
        return reactive;
    }

    /** The models themselves, for Kotlin code. */
    public OllamaModels core() {
        return core;
    }

    /**
     * Ends calls under way with an {@link IllegalStateException}, and the client too that this was made of. Closing twice
     * is fine.
     */
    @Override
    public void close() {
        core.close();
    }

    @Override
    public String toString() {
        return core.toString();
    }
}
