package dev.tandem.provider.openai

import dev.tandem.pipeline.Operation
import dev.tandem.pipeline.Target
import dev.tandem.provider.Provider
import dev.tandem.provider.Wire
import dev.tandem.provider.http.Credential
import dev.tandem.provider.http.Endpoint
import dev.tandem.provider.http.Site
import dev.tandem.provider.http.SiteBuilder
import io.ktor.http.encodeURLPathPart
import kotlin.jvm.JvmStatic
import kotlin.jvm.JvmSynthetic

/**
 * OpenAI's models at Azure. A model is called by the name of its deployment. Without an [Builder.apiVersion] the newer path
 * (`/openai/v1`) is taken, with one the older (`/openai/deployments/…`). What Azure's content filter found is in the metadata
 * of an answer, as `prompt_filter_results` and `content_filter_results`; an answer that it withheld is a
 * [ContentFilteredException][dev.tandem.error.ContentFilteredException].
 */
public class AzureOpenAi private constructor(from: Builder) : Provider {
    private val endpoint = endpointOf(from.baseUrl)
    private val apiVersion = from.apiVersion
    private val speaksResponses = from.speaksResponses

    // Without a variable for the key its owner is the endpoint: what one resource encrypted is not for another.
    private val dialect =
        OpenAiDialect
            .builder(NAME, endpoint)
            .defaultModel(from.deployment)
            .defaultEmbeddingModel(from.embeddingDeployment)
            .defaultVoice("alloy")
            .apply { from.deployments.forEach { (operation, name) -> defaultModel(operation, name) } }
            .maxTokensField("max_completion_tokens")
            .embedAsOpenAi()
            .build()
    private val site =
        Site(
            NAME,
            "$endpoint/openai" + if (apiVersion == null) "/v1" else "",
            Credential.keyIn("api-key", from.apiKey, from.tokens),
            from.headers.toMap(),
            apiVersion?.let { "api-version=$it" }.orEmpty(),
        )

    override val name: String get() = NAME

    override fun connect(wire: Wire): Target =
        OpenAiTarget(dialect, Endpoint(site, wire), if (apiVersion == null) OpenAiPaths.PLAIN else BY_DEPLOYMENT, speaksResponses)

    /** Never shows the key. */
    override fun toString(): String = "AzureOpenAi($site)"

    /** Which resource, its deployments, and how it is spoken to. A key travels as `api-key`. */
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

        @get:JvmSynthetic
        internal val deployments = mutableMapOf<Operation<*>, String>()

        @get:JvmSynthetic
        @set:JvmSynthetic
        internal var speaksResponses = false

        /** `https://….openai.azure.com`; a path that Azure shows behind it is left off. The same as [baseUrl]. */
        public fun endpoint(url: String): Builder = baseUrl(url)

        /** Such as `2024-10-21`; null for the newer path, which has no versions. */
        public fun apiVersion(version: String?): Builder = apply {
            require(version == null || VERSION.matches(version)) { "api version must look like 2024-10-21, but is '$version'" }
            apiVersion = version
        }

        /** The deployment to talk to when a request names no model. */
        public fun deployment(name: String): Builder = apply { deployment = named(name) }

        /** The same for embeddings. */
        public fun embeddingDeployment(name: String): Builder = apply { embeddingDeployment = named(name) }

        /** The same for images, speech and whatever else is no chat: `deployment(Operation.SPEAK, "my-voice")`. */
        public fun deployment(operation: Operation<*>, name: String): Builder = apply { deployments[operation] = named(name) }

        /** Chats over `/responses`, as [OpenAi.Builder.responses] says. The older path needs `2025-03-01-preview` or later for it. */
        public fun responses(): Builder = apply { speaksResponses = true }

        /** Throws [IllegalArgumentException] where there is no endpoint, or no key and no source of tokens. */
        public fun build(): AzureOpenAi {
            requireKey { "Azure OpenAI needs apiKey(…) or tokens(…), or set $KEY_VARIABLE and use AzureOpenAi.fromEnvironment()" }
            return AzureOpenAi(this)
        }

        private fun named(deployment: String) = deployment.also { require(it.isNotBlank()) { "the deployment must not be blank" } }
    }

    public companion object {
        private const val NAME = "azure-openai"
        private const val KEY_VARIABLE = "AZURE_OPENAI_API_KEY"
        private const val ENDPOINT_VARIABLE = "AZURE_OPENAI_ENDPOINT"
        private val VERSION = Regex("\\d{4}-\\d{2}-\\d{2}(-preview)?")

        /** The others name the deployment in the body, or need none. */
        private val OF_DEPLOYMENTS = setOf(
            "/chat/completions",
            "/embeddings",
            "/images/generations",
            "/audio/speech",
            "/audio/transcriptions",
            "/audio/translations",
        )
        private val BY_DEPLOYMENT = OpenAiPaths { operation, options ->
            if (operation in OF_DEPLOYMENTS) "/deployments/${options.model.orEmpty().encodeURLPathPart()}$operation" else operation
        }

        private fun endpointOf(url: String?): String = requireNotNull(url) {
            "Azure OpenAI needs its endpoint: call endpoint(\"https://….openai.azure.com\"), " +
                "or set $ENDPOINT_VARIABLE and use AzureOpenAi.fromEnvironment()"
        }.removeSuffix("/v1").removeSuffix("/openai")

        /** Begins without an endpoint and without a key. */
        @JvmStatic
        public fun builder(): Builder = Builder()

        /** The key from `AZURE_OPENAI_API_KEY`, the endpoint from `AZURE_OPENAI_ENDPOINT`. */
        @JvmStatic
        public fun fromEnvironment(): AzureOpenAi = builder().environment(KEY_VARIABLE, ENDPOINT_VARIABLE).build()
    }
}
