package dev.tandem.provider.openai

import dev.tandem.pipeline.FormatSupport
import dev.tandem.pipeline.Operation
import kotlin.jvm.JvmField

/** Those who speak OpenAI's wire: `OpenAi.of(Vendors.GROQ, key)`, `OpenAi.fromEnvironment(Vendors.GROQ)`. */
public object Vendors {
    /** DeepSeek, whose key is in `DEEPSEEK_API_KEY`. */
    @JvmField
    public val DEEPSEEK: OpenAiDialect =
        OpenAiDialect
            .builder("deepseek", "https://api.deepseek.com/v1")
            .keyVariable("DEEPSEEK_API_KEY")
            .defaultModel("deepseek-flash")
            .reasoningField(ReasoningField.THINKING_EFFORT)
            .formatSupport(FormatSupport.JSON)
            .build()

    /** Mistral, whose key is in `MISTRAL_API_KEY`. */
    @JvmField
    public val MISTRAL: OpenAiDialect =
        OpenAiDialect
            .builder("mistral", "https://api.mistral.ai/v1")
            .keyVariable("MISTRAL_API_KEY")
            .defaultModel("mistral-small-latest")
            .defaultEmbeddingModel("mistral-embed")
            .seedField("random_seed")
            .withoutStreamOptions()
            .build()

    /** Perplexity, whose key is in `PERPLEXITY_API_KEY`. */
    @JvmField
    public val PERPLEXITY: OpenAiDialect =
        OpenAiDialect
            .builder("perplexity", "https://api.perplexity.ai")
            .keyVariable("PERPLEXITY_API_KEY")
            .defaultModel("sonar")
            .withoutStreamOptions()
            .readThinkTags()
            .build()

    /** xAI with its Grok, whose key is in `XAI_API_KEY`. */
    @JvmField
    public val XAI: OpenAiDialect =
        OpenAiDialect
            .builder("xai", "https://api.x.ai/v1")
            .keyVariable("XAI_API_KEY")
            .defaultModel("grok-4.3")
            .build()

    /** AI21 with its Jamba, whose key is in `AI21_API_KEY`. */
    @JvmField
    public val AI21: OpenAiDialect =
        OpenAiDialect
            .builder("ai21", "https://api.ai21.com/studio/v1")
            .keyVariable("AI21_API_KEY")
            .defaultModel("jamba-mini")
            .formatSupport(FormatSupport.JSON)
            .withoutStreamOptions()
            .build()

    /** Wants to know who calls: `.header("HTTP-Referer", site).header("X-Title", name)` on the builder. */
    @JvmField
    public val OPENROUTER: OpenAiDialect =
        OpenAiDialect
            .builder("openrouter", "https://openrouter.ai/api/v1")
            .keyVariable("OPENROUTER_API_KEY")
            .defaultModel("openrouter/auto")
            .reasoningField(ReasoningField.OBJECT)
            .build()

    /** Fireworks, whose key is in `FIREWORKS_API_KEY`. */
    @JvmField
    public val FIREWORKS: OpenAiDialect =
        OpenAiDialect
            .builder("fireworks", "https://api.fireworks.ai/inference/v1")
            .keyVariable("FIREWORKS_API_KEY")
            .defaultModel("accounts/fireworks/models/gpt-oss-120b")
            .defaultEmbeddingModel("nomic-ai/nomic-embed-text-v1.5")
            .build()

    /** Together, whose key is in `TOGETHER_API_KEY`. */
    @JvmField
    public val TOGETHER: OpenAiDialect =
        OpenAiDialect
            .builder("together", "https://api.together.ai/v1")
            .keyVariable("TOGETHER_API_KEY")
            .defaultModel("meta-llama/Llama-3.3-70B-Instruct-Turbo")
            .defaultEmbeddingModel("BAAI/bge-base-en-v1.5")
            .build()

    /** ByteDance Ark. */
    @JvmField
    public val BYTEDANCE: OpenAiDialect =
        OpenAiDialect
            .builder("bytedance", "https://ark.ap-southeast.bytepluses.com/api/v3")
            .keyVariable("ARK_API_KEY")
            .defaultModel("dola-seed-2-1-turbo-260628")
            .reasoningField(ReasoningField.THINKING)
            .build()

    /** Groq, whose key is in `GROQ_API_KEY`. It transcribes too. */
    @JvmField
    public val GROQ: OpenAiDialect =
        OpenAiDialect
            .builder("groq", "https://api.groq.com/openai/v1")
            .keyVariable("GROQ_API_KEY")
            .defaultModel("openai/gpt-oss-120b")
            .defaultModel(Operation.TRANSCRIBE, "whisper-large-v3")
            .maxTokensField("max_completion_tokens")
            .build()

    /** The router of Hugging Face, whose token is in `HF_TOKEN`. */
    @JvmField
    public val HUGGINGFACE: OpenAiDialect =
        OpenAiDialect
            .builder("huggingface", "https://router.huggingface.co/v1")
            .keyVariable("HF_TOKEN")
            .defaultModel("openai/gpt-oss-120b")
            .build()

    /** Cerebras, whose key is in `CEREBRAS_API_KEY`. */
    @JvmField
    public val CEREBRAS: OpenAiDialect =
        OpenAiDialect
            .builder("cerebras", "https://api.cerebras.ai/v1")
            .keyVariable("CEREBRAS_API_KEY")
            .defaultModel("gpt-oss-120b")
            .maxTokensField("max_completion_tokens")
            .build()

    /** All of them, in this order; OpenAI itself is [OpenAiDialect.OPENAI]. */
    @JvmField
    public val ALL: List<OpenAiDialect> = listOf(
        DEEPSEEK,
        MISTRAL,
        PERPLEXITY,
        XAI,
        AI21,
        OPENROUTER,
        FIREWORKS,
        TOGETHER,
        BYTEDANCE,
        GROQ,
        HUGGINGFACE,
        CEREBRAS,
    )
}
