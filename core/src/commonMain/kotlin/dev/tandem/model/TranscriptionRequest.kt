package dev.tandem.model

import kotlin.jvm.JvmStatic
import kotlin.jvm.JvmSynthetic

/**
 * Something recorded, to be written down. Of the options only model, temperature, headers, extra and timeout have a meaning
 * here, and the temperature only where this request names it: the client's own is for chat.
 */
public class TranscriptionRequest private constructor(
    /** This object's own: do not write to it. */
    public val audio: ByteArray,
    /** Tells the provider what it is, as in `talk.m4a`. */
    public val fileName: String,
    /** As the first bytes or the end of [fileName] tell, such as `audio/mpeg`. */
    public val mediaType: String,
    /** What is spoken, such as `en`; null leaves it to the model. */
    public val language: String?,
    /** Names and words that may come up, or what was said before. */
    public val prompt: String?,
    /** Whether to tell when each passage was spoken. */
    public val hasSegments: Boolean,
    /** Whether to tell when each word was spoken. */
    public val hasWords: Boolean,
    /** Whether to write it down in English, whatever is spoken. */
    public val isTranslated: Boolean,
    @get:JvmSynthetic internal val temperature: Double?,
    override val options: Options,
) : MediaRequest {
    @get:JvmSynthetic
    internal val isTimed: Boolean get() = hasSegments || hasWords || isTranslated

    override fun withOptions(options: Options): TranscriptionRequest = TranscriptionRequest(
        audio,
        fileName,
        mediaType,
        language,
        prompt,
        hasSegments,
        hasWords,
        isTranslated,
        temperature,
        options,
    )

    override fun withDefaults(defaults: Options): TranscriptionRequest = withOptions(options.withDefaults(defaults))

    override fun toString(): String = "TranscriptionRequest($mediaType, ${audio.size} bytes, $options)"

    /** How it is written down. */
    public class Builder internal constructor(private val audio: ByteArray, private val fileName: String, private val mediaType: String) :
        OptionsBuilder<Builder>() {
            private var language: String? = null
            private var prompt: String? = null
            private var hasSegments = false
            private var hasWords = false
            private var isTranslated = false

            /** What is spoken, such as `en`: the answer comes faster and is better. */
            public fun language(language: String?): Builder = apply { this.language = language.notBlank("language") }

            /** Names and words that may come up, or what was said before. */
            public fun prompt(prompt: String?): Builder = apply { this.prompt = prompt.notBlank("prompt") }

            /** Whether to tell when each passage was spoken. */
            public fun segments(areWanted: Boolean): Builder = apply { hasSegments = areWanted }

            /** Whether to tell when each word was spoken. */
            public fun words(areWanted: Boolean): Builder = apply { hasWords = areWanted }

            /** Whether to write it down in English, whatever is spoken. */
            public fun translate(isWanted: Boolean): Builder = apply { isTranslated = isWanted }

            /** What is set later does not change it. */
            public fun build(): TranscriptionRequest {
                val options = toOptions()
                return TranscriptionRequest(
                    audio,
                    fileName,
                    mediaType,
                    language,
                    prompt,
                    hasSegments,
                    hasWords,
                    isTranslated,
                    options.temperature,
                    options,
                )
            }
        }

    public companion object {
        /** What most providers take. */
        private const val MOST_BYTES = 25 * 1024 * 1024

        /** [fileName] tells the provider what it is, as in `talk.m4a`; 25 MB at most. */
        @JvmStatic
        public fun builder(audio: ByteArray, fileName: String): Builder = builder(audio, fileName, MOST_BYTES)

        /** The same where [audio] is [maxBytes] at most, in place of 25 MB. */
        @JvmStatic
        public fun builder(audio: ByteArray, fileName: String, maxBytes: Int): Builder {
            requireSize(AUDIO, audio.size.toLong(), maxBytes)
            require(fileName.isNotBlank()) { "the recording needs a file name, such as talk.mp3, but has '$fileName'" }
            return Builder(audio, fileName, mediaTypeOf(AUDIO, audio, null, fileName))
        }

        /** The recording at [path], read now: blocks. */
        @JvmStatic
        public fun read(path: String): Builder = builder(bytesOf(AUDIO, path, MOST_BYTES), nameOf(path))

        /** As [builder] has it, with nothing set. */
        @JvmStatic
        public fun of(audio: ByteArray, fileName: String): TranscriptionRequest = builder(audio, fileName).build()
    }
}
