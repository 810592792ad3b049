package dev.tandem.provider.openai

/** In what the servers that speak OpenAI's wire differ. */
internal class OpenAiDialect private constructor(
    val name: String,
    val baseUrl: String,
    /** What the limit on the answer's tokens is called. */
    val maxTokensField: String,
    val defaultModel: String?,
    val defaultEmbeddingModel: String?,
    val maxEmbeddingInputs: Int,
) {
    companion object {
        const val KEY_VARIABLE = "OPENAI_API_KEY"
        const val URL_VARIABLE = "OPENAI_BASE_URL"
        private const val MAX_INPUTS = 2048

        val OPENAI =
            OpenAiDialect(
                name = "openai",
                baseUrl = "https://api.openai.com/v1",
                maxTokensField = "max_completion_tokens",
                defaultModel = "gpt-4o-mini",
                defaultEmbeddingModel = "text-embedding-3-small",
                maxEmbeddingInputs = MAX_INPUTS,
            )

        fun compatible(baseUrl: String): OpenAiDialect {
            require(URL.matches(baseUrl)) { "the base URL must look like http://host:port/v1, but is '$baseUrl'" }
            return OpenAiDialect("openai-compatible", baseUrl.trimEnd('/'), "max_tokens", null, null, MAX_INPUTS)
        }

        private val URL = Regex("https?://[^\\s/?#]+[^\\s?#]*")
    }
}
