package dev.tandem.cache

import dev.tandem.model.Embedding

/** Tells by vectors which texts mean nearly the same. */
public fun interface Embedder {
    /** The vector of [text]. Many calls ask at once; one for whom this fails goes on without the cache. */
    public suspend fun embed(text: String): Embedding
}
