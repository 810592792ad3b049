package dev.tandem.interop;

import dev.tandem.ollama.OllamaModel;
import dev.tandem.ollama.OllamaModels;
import dev.tandem.ollama.PullProgress;
import java.util.List;
import org.reactivestreams.Publisher;

/** The models on a server of Ollama as Reactive Streams. What {@link ReactiveClient} says holds here too. */
public final class ReactiveOllamaModels {
    private final OllamaModels core;

    ReactiveOllamaModels(OllamaModels core) {
        this.core = core;
    }

    /** The models that are there. */
    public Publisher<List<OllamaModel>> list() {
        return Bridge.publisher(k -> core.list(k));
    }

    /** Whether the model is there, and need not be pulled. */
    public Publisher<Boolean> has(String model) {
        return Bridge.publisher(k -> core.has(model, k));
    }

    /** How far the server is with fetching the model, once for each subscription. Cancelling stops the server. */
    public Publisher<PullProgress> pull(String model) {
        return Bridge.publisher(core.pull(model));
    }

    /** Takes the model off the server. */
    public Publisher<Void> delete(String model) {
        return Bridge.publisherDone(k -> core.delete(model, k));
    }
}
