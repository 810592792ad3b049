package dev.tandem.model

import kotlin.jvm.JvmStatic

/** Pictures to be made. Of the options only model, user, headers, extra and timeout have a meaning here. */
public class ImageRequest private constructor(
    /** What is to be seen; not blank. */
    public val prompt: String,
    /** How many pictures, at least 1. */
    public val count: Int,
    /** In the provider's words, such as `1024x1024`; null leaves it to the model. */
    public val size: String?,
    /** Such as `low` or `high`; null leaves it to the model. */
    public val quality: String?,
    /** Such as `transparent`; null leaves it to the model. */
    public val background: String?,
    /** Such as `png`, `jpeg` or `webp`; null leaves it to the model. */
    public val format: String?,
    override val options: Options,
) : MediaRequest {
    override fun withOptions(options: Options): ImageRequest = ImageRequest(prompt, count, size, quality, background, format, options)

    override fun withDefaults(defaults: Options): ImageRequest = withOptions(options.withDefaults(defaults))

    override fun toString(): String = "ImageRequest($count, ${prompt.length} characters, $options)"

    /** How many pictures, and what they are to be like. */
    public class Builder internal constructor(private val prompt: String) : OptionsBuilder<Builder>() {
        private var count = 1
        private var size: String? = null
        private var quality: String? = null
        private var background: String? = null
        private var format: String? = null

        /** How many pictures. */
        public fun count(count: Int): Builder = apply {
            require(count >= 1) { "count must be at least 1, but is $count" }
            this.count = count
        }

        /** In the provider's words, such as `1024x1024`; null leaves it to the model, as in all of these. */
        public fun size(size: String?): Builder = apply { this.size = size.notBlank("size") }

        /** Such as `low` or `high`. */
        public fun quality(quality: String?): Builder = apply { this.quality = quality.notBlank("quality") }

        /** Such as `transparent`. */
        public fun background(background: String?): Builder = apply { this.background = background.notBlank("background") }

        /** Such as `png`, `jpeg` or `webp`. */
        public fun format(format: String?): Builder = apply { this.format = format.notBlank("format") }

        /** Throws [IllegalArgumentException] where the prompt is blank. */
        public fun build(): ImageRequest {
            require(prompt.isNotBlank()) { "prompt must not be blank, but is '$prompt'" }
            return ImageRequest(prompt, count, size, quality, background, format, toOptions())
        }
    }

    public companion object {
        /** One picture of [prompt], unless more are asked for. */
        @JvmStatic
        public fun builder(prompt: String): Builder = Builder(prompt)

        /** One picture of [prompt], all else left to the model. */
        @JvmStatic
        public fun of(prompt: String): ImageRequest = Builder(prompt).build()
    }
}
