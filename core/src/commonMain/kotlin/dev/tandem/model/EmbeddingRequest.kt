package dev.tandem.model

import kotlin.jvm.JvmStatic
import kotlin.jvm.JvmSynthetic

/**
 * Texts to be embedded in one call, be they as many as they like: the client sends as many requests as it takes. Of the options only model, user, headers, extra and timeout have a meaning here.
 */
public class EmbeddingRequest private constructor(
    /** At least one, and none of them blank. */
    public val inputs: List<String>,
    /** Shorter vectors than the model's own, where it can; null leaves the choice to the model. */
    public val dimensions: Int?,
    /** Whether the vectors are brought to length one. Those of most models are so anyway, but not always where they are shortened. */
    public val isNormalized: Boolean,
    override val options: Options,
) : Request {
    /** The same again, to be changed. */
    public fun newBuilder(): Builder = Builder()
        .inputs(inputs)
        .dimensions(dimensions)
        .normalized(isNormalized)
        .options(options)

    override fun withDefaults(defaults: Options): EmbeddingRequest =
        EmbeddingRequest(inputs, dimensions, isNormalized, options.withDefaults(defaults))

    /** The same request for some of its inputs. */
    @JvmSynthetic
    internal fun withInputs(inputs: List<String>, options: Options = this.options): EmbeddingRequest =
        EmbeddingRequest(inputs, dimensions, isNormalized, options)

    override fun toString(): String = "EmbeddingRequest(${inputs.size} inputs, $options)"

    /** Which texts, and what their vectors are to be like. */
    public class Builder internal constructor() : OptionsBuilder<Builder>() {
        private val inputs = mutableListOf<String>()
        private var dimensions: Int? = null
        private var isNormalized = false

        /** Adds a text; [build] refuses a blank one. */
        public fun input(text: String): Builder = apply { inputs += text }

        /** Adds all of [texts] behind those that are there. */
        public fun inputs(texts: List<String>): Builder = apply { inputs += texts }

        /** Shorter vectors than the model's own, where it can; null leaves the choice to the model. */
        public fun dimensions(dimensions: Int?): Builder = apply { this.dimensions = dimensions }

        /** Brings the vectors to length one, whatever the provider gives; a vector of zeros stays as it is. */
        public fun normalized(isWanted: Boolean): Builder = apply { isNormalized = isWanted }

        /** Throws [IllegalArgumentException] where there is no text, or a blank one. */
        public fun build(): EmbeddingRequest {
            require(inputs.isNotEmpty()) { "an embedding request needs at least one input" }
            inputs.forEachIndexed { i, text -> require(text.isNotBlank()) { "input $i must not be blank, but is '$text'" } }
            dimensions?.let { require(it >= 1) { "dimensions must be at least 1, but is $it" } }
            return EmbeddingRequest(inputs.frozen(), dimensions, isNormalized, toOptions())
        }
    }

    public companion object {
        /** Begins without a text. */
        @JvmStatic
        public fun builder(): Builder = Builder()

        @JvmSynthetic
        internal fun of(texts: List<String>, options: Options): EmbeddingRequest = Builder().inputs(texts).options(options).build()
    }
}
