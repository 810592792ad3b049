package dev.tandem.cache

import dev.tandem.model.Embedding

/** Tells by vectors which texts mean nearly the same. */
public fun interface Embedder {
    public suspend fun embed(text: String): Embedding
}
