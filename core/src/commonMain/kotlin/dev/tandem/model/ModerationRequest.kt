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

    public class Builder internal constructor() : OptionsBuilder<Builder>() {
        private val inputs = mutableListOf<Part>()

        public fun input(text: String): Builder = apply { inputs += Part.Text(text) }

        public fun inputs(texts: List<String>): Builder = apply { texts.forEach(::input) }

        public fun input(image: Part.Image): Builder = apply { inputs += image }

        public fun build(): ModerationRequest {
            require(inputs.isNotEmpty()) { "a moderation request needs at least one input" }
            return ModerationRequest(inputs.frozen(), toOptions())
        }
    }

    public companion object {
        @JvmStatic
        public fun builder(): Builder = Builder()

        @JvmStatic
        public fun of(texts: List<String>): ModerationRequest = Builder().inputs(texts).build()
    }
}
