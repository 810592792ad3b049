@file:JvmName("-Texts")

package dev.tandem.retrieval

import dev.tandem.AiClient
import dev.tandem.model.Options
import java.util.function.Predicate

/**
 * Adds [items] with vectors that [client] makes of what [text] says of each, in as few requests as it takes. When one fails, nothing is
 * added. From Java: `index.addAll(items, ai.blocking().embedMany(texts))`, and the like with futures.
 */
@JvmSynthetic
public suspend fun <T : Any> VectorIndex<T>.addAll(
    client: AiClient,
    items: List<IndexItem<T>>,
    options: Options = Options.NONE,
    text: (T) -> String,
): Unit = addAll(items, client.embedMany(items.map { text(it.value) }, options))

/** What is nearest to the meaning of [text], by a vector from the same model as the others; only what has [minScore] or more. */
@JvmSynthetic
public suspend fun <T : Any> VectorIndex<T>.search(
    client: AiClient,
    text: String,
    limit: Int,
    options: Options = Options.NONE,
    minScore: Double = Double.NEGATIVE_INFINITY,
    filter: Predicate<in IndexItem<T>>? = null,
): List<Hit<T>> {
    val query = client.embed(text, options)
    return if (filter == null) search(query, limit, minScore) else search(query, limit, minScore, filter)
}
