package dev.tandem.model

import kotlin.jvm.JvmStatic

/** A text to be read out. Of the options only model, headers, extra and timeout have a meaning here. */
public class SpeechRequest private constructor(
    /** What is read out; not blank. */
    public val text: String,
    /** Such as `alloy`; null for the provider's usual one. */
    public val voice: String?,
    /** Such as `mp3`; null leaves it to the provider. */
    public val format: String?,
    /** From 0.25 to 4, where 1 is how people speak; null leaves it to the provider. */
    public val speed: Double?,
    /** How to say it, as in `like a sleepy cat`; null leaves it to the model. */
    public val instructions: String?,
    /** How much is taken as one array; a stream has no limit. */
    public val maxBytes: Int,
    override val options: Options,
) : MediaRequest {
    override fun withOptions(options: Options): SpeechRequest = SpeechRequest(text, voice, format, speed, instructions, maxBytes, options)

    override fun withDefaults(defaults: Options): SpeechRequest = withOptions(options.withDefaults(defaults))

    override fun toString(): String = "SpeechRequest(${text.length} characters, $voice, $format, $options)"

    /** How it is to sound. */
    public class Builder internal constructor(private val text: String) : OptionsBuilder<Builder>() {
        private var voice: String? = null
        private var format: String? = null
        private var speed: Double? = null
        private var instructions: String? = null
        private var maxBytes = MOST_BYTES

        /** Such as `alloy`; null for the provider's usual one. */
        public fun voice(voice: String?): Builder = apply { this.voice = voice.notBlank("voice") }

        /** `mp3`, `opus`, `aac`, `flac`, `wav`, `pcm`; null leaves it to the provider, which takes mp3 mostly. */
        public fun format(format: String?): Builder = apply { this.format = format.notBlank("format") }

        /** From 0.25 to 4; 1 is how people speak. */
        public fun speed(speed: Double?): Builder = apply {
            require(speed == null || speed in 0.25..4.0) { "speed must be between 0.25 and 4.0, but is $speed" }
            this.speed = speed
        }

        /** How to say it, as in `like a sleepy cat`. Older models do not listen to that. */
        public fun instructions(instructions: String?): Builder = apply { this.instructions = instructions.notBlank("instructions") }

        /** How much is taken as one array, 100 MB unless set; a stream has no limit. */
        public fun maxBytes(bytes: Int): Builder = apply {
            require(bytes >= 1) { "maxBytes must be at least 1, but is $bytes" }
            maxBytes = bytes
        }

        /** Throws [IllegalArgumentException] where the text is blank. */
        public fun build(): SpeechRequest {
            require(text.isNotBlank()) { "text must not be blank, but is '$text'" }
            return SpeechRequest(text, voice, format, speed, instructions, maxBytes, toOptions())
        }
    }

    public companion object {
        private const val MOST_BYTES = 100 * 1024 * 1024

        /** [text] by the provider's usual voice, unless another one is set. */
        @JvmStatic
        public fun builder(text: String): Builder = Builder(text)

        /** [text] by the provider's usual voice. */
        @JvmStatic
        public fun of(text: String): SpeechRequest = Builder(text).build()
    }
}
