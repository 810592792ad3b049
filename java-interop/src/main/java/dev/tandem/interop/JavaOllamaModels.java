package dev.tandem.interop;

import dev.tandem.ollama.OllamaModels;
import dev.tandem.provider.ollama.Ollama;

/**
 * The models on a server of Ollama, seen in three ways: {@link #blocking()}, {@link #async()} and {@link #reactive()}
 * offer the same operations with the same arguments, results and exceptions. Make one, share it between all threads,
 * close it at the end.
 */
public final class JavaOllamaModels
        extends ClientViews<OllamaModels, BlockingOllamaModels, AsyncOllamaModels, ReactiveOllamaModels> {
    private JavaOllamaModels(OllamaModels core) {
        super(
                core,
                core::close,
                new BlockingOllamaModels(core),
                new AsyncOllamaModels(core),
                new ReactiveOllamaModels(core));
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
}
