package dev.tandem.interop;

import dev.tandem.ollama.OllamaModel;
import dev.tandem.ollama.OllamaModels;
import dev.tandem.ollama.PullProgress;
import java.util.List;

/** The models on a server of Ollama as calls that return when they are done. What {@link BlockingClient} says holds here too. */
public final class BlockingOllamaModels {
    private final OllamaModels core;

    BlockingOllamaModels(OllamaModels core) {
        this.core = core;
    }

    /** The models that are there. */
    public List<OllamaModel> list() {
        return Bridge.block(k -> core.list(k));
    }

    /** Whether the model is there, and need not be pulled. */
    public boolean has(String model) {
        return Bridge.<Boolean>block(k -> core.has(model, k));
    }

    /** How far the server is with fetching the model, which begins with the first step asked for. Closing it stops the server. */
    public BlockingStream<PullProgress> pull(String model) {
        return new BlockingStream<>(new Pull<>(core.pull(model)));
    }

    /** Takes the model off the server. */
    public void delete(String model) {
        Bridge.block(k -> core.delete(model, k));
    }
}
