package dev.tandem.interop;

import dev.tandem.ollama.OllamaModel;
import dev.tandem.ollama.OllamaModels;
import dev.tandem.ollama.PullProgress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The models on a server of Ollama as futures. What {@link Views#async} says of them holds here too. */
public final class AsyncOllamaModels {
    private final OllamaModels core;

    AsyncOllamaModels(OllamaModels core) {
        this.core = core;
    }

    /** The models that are there. */
    public CompletableFuture<List<OllamaModel>> list() {
        return Bridge.future(k -> core.list(k));
    }

    /** Whether the model is there, and need not be pulled. */
    public CompletableFuture<Boolean> has(String model) {
        return Bridge.future(k -> core.has(model, k));
    }

    /** Has the server fetch the model: done when that is ready, and {@code onProgress} has had every step. Cancelling stops the server. */
    public CompletableFuture<@Nullable Void> pull(String model, Consumer<? super PullProgress> onProgress) {
        return Bridge.future(core.pull(model), onProgress);
    }

    /** Takes the model off the server. */
    public CompletableFuture<@Nullable Void> delete(String model) {
        return Bridge.futureDone(k -> core.delete(model, k));
    }
}
