package dev.tandem.provider.openai

/** In what the servers that speak OpenAI's wire differ. */
internal class OpenAiDialect private constructor(
    val name: String,
    val baseUrl: String,
    val needsKey: Boolean,
    /** What the limit on the answer's tokens is called. */
    val maxTokensField: String,
    val defaultModel: String?,
    val defaultEmbeddingModel: String?,
) {
    /** How many texts one request may carry. */
    val maxEmbeddingInputs: Int get() = 2048

    /** The same server behind another address, such as a company's proxy. */
    fun at(baseUrl: String) = OpenAiDialect(name, checked(baseUrl), needsKey, maxTokensField, defaultModel, defaultEmbeddingModel)

    companion object {
        const val KEY_VARIABLE = "OPENAI_API_KEY"
        const val URL_VARIABLE = "OPENAI_BASE_URL"

        val OPENAI =
            OpenAiDialect(
                name = "openai",
                baseUrl = "https://api.openai.com/v1",
                needsKey = true,
                maxTokensField = "max_completion_tokens",
                defaultModel = "gpt-4o-mini",
                defaultEmbeddingModel = "text-embedding-3-small",
            )

        fun compatible(baseUrl: String) = OpenAiDialect(
            name = "openai-compatible",
            baseUrl = checked(baseUrl),
            needsKey = false,
            maxTokensField = "max_tokens",
            defaultModel = null,
            defaultEmbeddingModel = null,
        )

        private val URL = Regex("https?://[^\\s/?#@]+[^\\s?#@]*")

        private fun checked(baseUrl: String): String {
            // A password in it would turn up in messages.
            require('@' !in baseUrl) { "the base URL must not hold a user or password: use apiKey(…) or a header" }
            require(URL.matches(baseUrl)) { "the base URL must look like http://host:port/v1, but is '$baseUrl'" }
            return baseUrl.trimEnd('/')
        }
    }
}
