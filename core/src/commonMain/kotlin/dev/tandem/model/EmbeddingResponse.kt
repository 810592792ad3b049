package dev.tandem.model

import kotlin.jvm.JvmSynthetic

/** One vector for each input, in the order of the inputs. */
public class EmbeddingResponse private constructor(
    /** In the provider's words. */
    public val model: String,
    /** In the order of the inputs. */
    public val embeddings: List<Embedding>,
    /** Of all requests that it took. */
    public val usage: Usage,
    /** What is left of the provider's limits, when it says so. */
    public val rateLimits: RateLimits?,
    /** It was there already, so this call has cost nothing. */
    public val isCached: Boolean,
) {
    /** Nothing is known of limits, and no cache had it. */
    public constructor(model: String, embeddings: List<Embedding>, usage: Usage) : this(model, embeddings, usage, null, false)

    /** With what the provider says of its limits; no cache had it. */
    public constructor(model: String, embeddings: List<Embedding>, usage: Usage, rateLimits: RateLimits?) :
        this(model, embeddings, usage, rateLimits, false)

    @JvmSynthetic
    internal fun cached(): EmbeddingResponse = EmbeddingResponse(model, embeddings, usage, null, true)

    /** The answer to one call that took several requests: each input finds its vector in [embeddings]. */
    @JvmSynthetic
    internal fun with(embeddings: List<Embedding>, usage: Usage, isCached: Boolean): EmbeddingResponse =
        EmbeddingResponse(model, embeddings, usage, rateLimits, isCached)

    override fun toString(): String = "EmbeddingResponse($model, ${embeddings.size} embeddings, $usage)"
}
