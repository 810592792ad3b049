package dev.tandem.provider.openai

import dev.tandem.model.ImageRequest
import dev.tandem.model.MediaRequest
import dev.tandem.model.ModerationRequest
import dev.tandem.model.SpeechRequest
import dev.tandem.model.TranscriptionRequest
import dev.tandem.pipeline.FormatSupport
import dev.tandem.pipeline.Operation
import dev.tandem.provider.http.checkedBaseUrl
import dev.tandem.schema.Dialect
import kotlin.jvm.JvmField
import kotlin.jvm.JvmStatic
import kotlin.jvm.JvmSynthetic

/** In what the servers that speak OpenAI's wire differ. A vendor is a value of this, never a client of its own. */
public class OpenAiDialect private constructor(from: Builder) {
    /** For messages and statistics. */
    public val name: String = from.name

    /** Where the paths of the wire begin, unless a provider is given another. */
    public val baseUrl: String = from.baseUrl

    /** Where `fromEnvironment` looks for the key; null where none is needed. */
    public val keyVariable: String? = from.keyVariable

    /** Null where there is no sensible choice. */
    public val defaultModel: String? = from.defaultModel

    /** The same for embeddings. */
    public val defaultEmbeddingModel: String? = from.defaultEmbeddingModel

    @get:JvmSynthetic
    internal val defaultVoice = from.defaultVoice

    private val defaultModels: Map<Operation<*>, String> = from.defaultModels.toMap()
    private val timedModel = from.timedModel

    /** The default for whatever is neither a chat nor vectors. */
    @JvmSynthetic
    internal fun modelFor(request: MediaRequest): String? = when (request) {
        is ImageRequest -> defaultModels[Operation.GENERATE_IMAGE]
        is SpeechRequest -> defaultModels[Operation.SPEAK]
        is TranscriptionRequest -> timedModel?.takeIf { request.isTimed } ?: defaultModels[Operation.TRANSCRIBE]
        is ModerationRequest -> defaultModels[Operation.MODERATE]
    }

    @get:JvmSynthetic
    internal val maxTokensField = from.maxTokensField

    @get:JvmSynthetic
    internal val seedField = from.seedField

    @get:JvmSynthetic
    internal val hasStreamOptions = from.hasStreamOptions

    @get:JvmSynthetic
    internal val reasoningField = from.reasoningField

    @get:JvmSynthetic
    internal val readsThinkTags = from.readsThinkTags

    @get:JvmSynthetic
    internal val formatSupport = from.formatSupport

    @get:JvmSynthetic
    internal val schemas = from.schemas

    @get:JvmSynthetic
    internal val maxEmbeddingInputs = from.maxEmbeddingInputs

    @get:JvmSynthetic
    internal val embedsAsOpenAi = from.embedsAsOpenAi

    /** Whose state it is that a message carries: what one unknown server said is not for another. */
    @get:JvmSynthetic
    internal val owner: String get() = if (keyVariable == null) baseUrl else name

    @get:JvmSynthetic
    internal val urlVariable: String get() = name.uppercase().replace('-', '_') + "_BASE_URL"

    override fun toString(): String = "OpenAiDialect($name, $baseUrl)"

    /** Begins as a server that does just what OpenAI documents; each setting names a deviation. */
    public class Builder internal constructor(
        @get:JvmSynthetic internal val name: String,
        baseUrl: String,
    ) {
        @get:JvmSynthetic
        internal val baseUrl = checkedBaseUrl(baseUrl)

        @get:JvmSynthetic
        @set:JvmSynthetic
        internal var keyVariable: String? = null

        @get:JvmSynthetic
        @set:JvmSynthetic
        internal var defaultModel: String? = null

        @get:JvmSynthetic
        @set:JvmSynthetic
        internal var defaultEmbeddingModel: String? = null

        @get:JvmSynthetic
        internal val defaultModels = mutableMapOf<Operation<*>, String>()

        @get:JvmSynthetic
        @set:JvmSynthetic
        internal var timedModel: String? = null

        @get:JvmSynthetic
        @set:JvmSynthetic
        internal var defaultVoice: String? = null

        @get:JvmSynthetic
        @set:JvmSynthetic
        internal var maxTokensField = "max_tokens"

        @get:JvmSynthetic
        @set:JvmSynthetic
        internal var seedField = "seed"

        @get:JvmSynthetic
        @set:JvmSynthetic
        internal var hasStreamOptions = true

        @get:JvmSynthetic
        @set:JvmSynthetic
        internal var reasoningField = ReasoningField.EFFORT

        @get:JvmSynthetic
        @set:JvmSynthetic
        internal var readsThinkTags = false

        @get:JvmSynthetic
        @set:JvmSynthetic
        internal var formatSupport = FormatSupport.SCHEMA

        @get:JvmSynthetic
        @set:JvmSynthetic
        internal var schemas = Dialect.OPENAI_WIRE

        @get:JvmSynthetic
        @set:JvmSynthetic
        internal var maxEmbeddingInputs = OPENAI_EMBEDDING_INPUTS

        @get:JvmSynthetic
        @set:JvmSynthetic
        internal var embedsAsOpenAi = false

        /** The environment variable that holds the key. Without one, no key is needed. */
        public fun keyVariable(name: String?): Builder = apply { keyVariable = name }

        /** The model to use when nobody names one. */
        public fun defaultModel(model: String?): Builder = apply { defaultModel = model }

        /** The same for embeddings. */
        public fun defaultEmbeddingModel(model: String?): Builder = apply { defaultEmbeddingModel = model }

        /** The same for images, speech and whatever else is no chat: `defaultModel(Operation.SPEAK, "tts-1")`. */
        public fun defaultModel(operation: Operation<*>, model: String): Builder = apply { defaultModels[operation] = model }

        /** Who reads out where a request names nobody. */
        public fun defaultVoice(voice: String?): Builder = apply { defaultVoice = voice }

        /** Transcribes where times or a translation are asked for, which the default cannot do. */
        @JvmSynthetic
        internal fun timedModel(model: String): Builder = apply { timedModel = model }

        /** What the limit on the answer's tokens is called. */
        public fun maxTokensField(name: String): Builder = apply { maxTokensField = name }

        /** What the seed is called. */
        public fun seedField(name: String): Builder = apply { seedField = name }

        /** For a server that refuses `stream_options`, and sends usage without being asked. */
        public fun withoutStreamOptions(): Builder = apply { hasStreamOptions = false }

        /** In which words the server is told how much to think. */
        public fun reasoningField(field: ReasoningField): Builder = apply { reasoningField = field }

        /** Takes what stands between `<think>` and `</think>` at the beginning of the answer for reasoning, not for text. */
        public fun readThinkTags(): Builder = apply { readsThinkTags = true }

        /** How typed answers are asked for: by a schema unless set. */
        public fun formatSupport(support: FormatSupport): Builder = apply { formatSupport = support }

        /** What OpenAI itself takes of JSON Schema is more than others do. */
        @JvmSynthetic
        internal fun takeBounds(): Builder = apply { schemas = Dialect.OPENAI }

        /** How many texts one embedding request may carry. */
        public fun maxEmbeddingInputs(count: Int): Builder = apply {
            require(count >= 1) { "maxEmbeddingInputs must be at least 1, but is $count" }
            maxEmbeddingInputs = count
        }

        /**
         * The models are OpenAI's own: their bounds are known, and vectors come as base64, which is a third of the numbers' length,
         * when they are asked for so.
         */
        @JvmSynthetic
        internal fun embedAsOpenAi(): Builder = apply { embedsAsOpenAi = true }

        /** What is set later does not change it. */
        public fun build(): OpenAiDialect = OpenAiDialect(this)
    }

    public companion object {
        private const val OPENAI_EMBEDDING_INPUTS = 2048

        /** [name] is for messages, statistics and the variable `<NAME>_BASE_URL`; the paths of the wire begin at [baseUrl]. */
        @JvmStatic
        public fun builder(name: String, baseUrl: String): Builder = Builder(name, baseUrl)

        /** OpenAI itself. */
        @JvmField
        public val OPENAI: OpenAiDialect =
            Builder("openai", "https://api.openai.com/v1")
                .keyVariable("OPENAI_API_KEY")
                .defaultModel("gpt-4o-mini")
                .defaultEmbeddingModel("text-embedding-3-small")
                .defaultModel(Operation.GENERATE_IMAGE, "gpt-image-1")
                .defaultModel(Operation.SPEAK, "gpt-4o-mini-tts")
                .defaultVoice("alloy")
                .defaultModel(Operation.TRANSCRIBE, "gpt-4o-mini-transcribe")
                .timedModel("whisper-1")
                .defaultModel(Operation.MODERATE, "omni-moderation-latest")
                .maxTokensField("max_completion_tokens")
                .takeBounds()
                .embedAsOpenAi()
                .build()
    }
}
