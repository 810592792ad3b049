package dev.tandem.provider.openai

import dev.tandem.pipeline.Target
import dev.tandem.provider.Credential
import dev.tandem.provider.Endpoint
import dev.tandem.provider.Provider
import dev.tandem.provider.Site
import dev.tandem.provider.SiteBuilder
import dev.tandem.provider.TokenSource
import dev.tandem.provider.Wire
import kotlin.jvm.JvmStatic
import kotlin.jvm.JvmSynthetic

/**
 * OpenAI's models at Azure. A model is called by the name of its deployment. Without an [Builder.apiVersion] the newer path
 * (`/openai/v1`) is taken, with one the older (`/openai/deployments/…`).
 */
public class AzureOpenAi private constructor(from: Builder) : Provider {
    private val endpoint = requireNotNull(from.baseUrl) { "Azure OpenAI needs its endpoint: call endpoint(\"https://….openai.azure.com\")" }
    private val apiVersion = from.apiVersion
    private val dialect =
        OpenAiDialect
            .builder(NAME, endpoint)
            .keyVariable(KEY_VARIABLE)
            .defaultModel(from.deployment)
            .defaultEmbeddingModel(from.embeddingDeployment)
            .maxTokensField("max_completion_tokens")
            .build()
    private val site =
        Site(
            NAME,
            "$endpoint/openai" + if (apiVersion == null) "/v1" else "",
            from.tokens?.let { Credential.bearer(null, it) } ?: Credential("api-key", "", from.apiKey, null),
            from.headers.toMap(),
            apiVersion?.let { "api-version=$it" }.orEmpty(),
        )

    override val name: String get() = NAME

    override fun connect(wire: Wire): Target = OpenAiTarget(
        dialect,
        Endpoint(site, wire),
        if (apiVersion ==
            null
        ) {
            OpenAiPaths.PLAIN
        } else {
            BY_DEPLOYMENT
        },
    )

    /** Never shows the key. */
    override fun toString(): String = "AzureOpenAi($site)"

    public class Builder internal constructor() : SiteBuilder<Builder>() {
        @get:JvmSynthetic
        @set:JvmSynthetic
        internal var apiVersion: String? = null

        @get:JvmSynthetic
        @set:JvmSynthetic
        internal var deployment: String? = null

        @get:JvmSynthetic
        @set:JvmSynthetic
        internal var embeddingDeployment: String? = null

        /** `https://….openai.azure.com`, without a path. The same as [baseUrl]. */
        public fun endpoint(url: String): Builder = baseUrl(url)

        /** Such as `2024-10-21`; null for the newer path, which has no versions. */
        public fun apiVersion(version: String?): Builder = apply {
            require(version == null || VERSION.matches(version)) { "api version must look like 2024-10-21, but is '$version'" }
            apiVersion = version
        }

        /** The deployment to talk to when a request names no model. */
        public fun deployment(name: String): Builder = apply { deployment = name }

        /** The same for embeddings. */
        public fun embeddingDeployment(name: String): Builder = apply { embeddingDeployment = name }

        public fun build(): AzureOpenAi {
            requireKey { "Azure OpenAI needs apiKey(…) or tokens(…), or set $KEY_VARIABLE and use AzureOpenAi.fromEnvironment()" }
            return AzureOpenAi(this)
        }
    }

    public companion object {
        private const val NAME = "azure-openai"
        private const val KEY_VARIABLE = "AZURE_OPENAI_API_KEY"
        private val VERSION = Regex("\\d{4}-\\d{2}-\\d{2}(-preview)?")

        /** The list of models has no deployment in its path. */
        private val BY_DEPLOYMENT = OpenAiPaths { operation, options -> "/deployments/${options.model}$operation" }

        @JvmStatic
        public fun builder(): Builder = Builder()

        /** The key from `AZURE_OPENAI_API_KEY`, the endpoint from `AZURE_OPENAI_ENDPOINT`. */
        @JvmStatic
        public fun fromEnvironment(): AzureOpenAi = builder().environment(KEY_VARIABLE, "AZURE_OPENAI_ENDPOINT").build()
    }
}
