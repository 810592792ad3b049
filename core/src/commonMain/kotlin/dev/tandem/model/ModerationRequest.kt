package dev.tandem.model

import kotlin.jvm.JvmStatic
import kotlin.jvm.JvmSynthetic

/**
 * What is to be looked through for whatever nobody should read. Of the options only model, headers, extra and timeout have a
 * meaning here.
 */
public class ModerationRequest private constructor(
    /** Texts and images. Where there is an image, all of them are one thing, and have one result. */
    public val inputs: List<Part>,
    override val options: Options,
) : MediaRequest {
    override fun withOptions(options: Options): ModerationRequest = ModerationRequest(inputs, options)

    @get:JvmSynthetic
    internal val hasImages: Boolean get() = inputs.any { it is Part.Image }

    override fun withDefaults(defaults: Options): ModerationRequest = withOptions(options.withDefaults(defaults))

    override fun toString(): String = "ModerationRequest(${inputs.size} inputs, $options)"

    /** What is to be looked through. */
    public class Builder internal constructor() : OptionsBuilder<Builder>() {
        private val inputs = mutableListOf<Part>()

        /** Adds a text, which has a result of its own where there is no image. */
        public fun input(text: String): Builder = apply { inputs += Part.Text(text) }

        /** Adds all of [texts] behind those that are there. */
        public fun inputs(texts: List<String>): Builder = apply { texts.forEach(::input) }

        /** Adds an image: all inputs have one result then. */
        public fun input(image: Part.Image): Builder = apply { inputs += image }

        /** Throws [IllegalArgumentException] where there is no input. */
        public fun build(): ModerationRequest {
            require(inputs.isNotEmpty()) { "a moderation request needs at least one input" }
            return ModerationRequest(inputs.frozen(), toOptions())
        }
    }

    public companion object {
        /** Begins without an input. */
        @JvmStatic
        public fun builder(): Builder = Builder()

        /** A result for each of [texts], in their order. */
        @JvmStatic
        public fun of(texts: List<String>): ModerationRequest = Builder().inputs(texts).build()
    }
}
