package dev.tandem.interop;

import dev.tandem.cache.Embedder;
import dev.tandem.model.Embedding;
import dev.tandem.model.Options;
import java.util.function.Function;

/** What makes vectors for a {@link dev.tandem.cache.SemanticCache}, from Java. */
public final class Embedders {
    private Embedders() {}

    /** Another client, or one whose model is local. */
    public static Embedder of(JavaAiClient client) {
        return (text, k) -> client.core().embed(text, Options.NONE, k);
    }

    /** Your own, on a thread where it may block. */
    public static Embedder of(Function<String, float[]> vectors) {
        return (text, k) -> Bridge.blocking(() -> new Embedding(vectors.apply(text)), k);
    }
}
