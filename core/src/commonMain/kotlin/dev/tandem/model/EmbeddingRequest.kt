package dev.tandem.model

import kotlin.jvm.JvmStatic
import kotlin.jvm.JvmSynthetic

/** Texts to be embedded in one call. Of the options only model, user, headers, extra and timeout have a meaning here. */
public class EmbeddingRequest private constructor(
    public val inputs: List<String>,
    /** Shorter vectors than the model's own, where it can; null leaves the choice to the model. */
    public val dimensions: Int?,
    override val options: Options,
) : Request {
    public fun newBuilder(): Builder = Builder().inputs(inputs).dimensions(dimensions).options(options)

    override fun withDefaults(defaults: Options): EmbeddingRequest = EmbeddingRequest(inputs, dimensions, options.withDefaults(defaults))

    /** The same request for some of its inputs. */
    @JvmSynthetic
    internal fun withInputs(inputs: List<String>): EmbeddingRequest = EmbeddingRequest(inputs, dimensions, options)

    override fun toString(): String = "EmbeddingRequest(${inputs.size} inputs, $options)"

    public class Builder internal constructor() : OptionsBuilder<Builder>() {
        private val inputs = mutableListOf<String>()
        private var dimensions: Int? = null

        public fun input(text: String): Builder = apply { inputs += text }

        public fun inputs(texts: List<String>): Builder = apply { inputs += texts }

        public fun dimensions(dimensions: Int?): Builder = apply { this.dimensions = dimensions }

        public fun build(): EmbeddingRequest {
            require(inputs.isNotEmpty()) { "an embedding request needs at least one input" }
            inputs.forEachIndexed { i, text -> require(text.isNotBlank()) { "input $i must not be blank, but is '$text'" } }
            dimensions?.let { require(it >= 1) { "dimensions must be at least 1, but is $it" } }
            return EmbeddingRequest(inputs.frozen(), dimensions, toOptions())
        }
    }

    public companion object {
        @JvmStatic
        public fun builder(): Builder = Builder()
    }
}
