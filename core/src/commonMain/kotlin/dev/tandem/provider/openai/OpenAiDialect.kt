package dev.tandem.provider.openai

import dev.tandem.provider.http.checkedBaseUrl
import kotlin.jvm.JvmField
import kotlin.jvm.JvmStatic
import kotlin.jvm.JvmSynthetic

/** In what the servers that speak OpenAI's wire differ. A vendor is a value of this, never a client of its own. */
public class OpenAiDialect private constructor(from: Builder) {
    /** For messages and statistics. */
    public val name: String = from.name
    public val baseUrl: String = from.baseUrl

    /** Where `fromEnvironment` looks for the key; null where none is needed. */
    public val keyVariable: String? = from.keyVariable
    public val defaultModel: String? = from.defaultModel
    public val defaultEmbeddingModel: String? = from.defaultEmbeddingModel

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
    internal val maxEmbeddingInputs = from.maxEmbeddingInputs

    @get:JvmSynthetic
    internal val sendsBase64 = from.sendsBase64

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
        internal var maxEmbeddingInputs = OPENAI_EMBEDDING_INPUTS

        @get:JvmSynthetic
        @set:JvmSynthetic
        internal var sendsBase64 = false

        /** The environment variable that holds the key. Without one, no key is needed. */
        public fun keyVariable(name: String?): Builder = apply { keyVariable = name }

        public fun defaultModel(model: String?): Builder = apply { defaultModel = model }

        public fun defaultEmbeddingModel(model: String?): Builder = apply { defaultEmbeddingModel = model }

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

        /** How many texts one embedding request may carry. */
        public fun maxEmbeddingInputs(count: Int): Builder = apply {
            require(count >= 1) { "maxEmbeddingInputs must be at least 1, but is $count" }
            maxEmbeddingInputs = count
        }

        /** Vectors come as base64, which is a third of the numbers' length, when they are asked for so. */
        @JvmSynthetic
        internal fun sendBase64(): Builder = apply { sendsBase64 = true }

        public fun build(): OpenAiDialect = OpenAiDialect(this)
    }

    public companion object {
        private const val OPENAI_EMBEDDING_INPUTS = 2048

        @JvmStatic
        public fun builder(name: String, baseUrl: String): Builder = Builder(name, baseUrl)

        @JvmField
        public val OPENAI: OpenAiDialect =
            Builder("openai", "https://api.openai.com/v1")
                .keyVariable("OPENAI_API_KEY")
                .defaultModel("gpt-4o-mini")
                .defaultEmbeddingModel("text-embedding-3-small")
                .maxTokensField("max_completion_tokens")
                .sendBase64()
                .build()
    }
}
