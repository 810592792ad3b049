package dev.tandem.provider.gemini

import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatRequest
import dev.tandem.model.ChatResponse
import dev.tandem.model.EmbeddingRequest
import dev.tandem.model.EmbeddingResponse
import dev.tandem.model.ModelInfo
import dev.tandem.model.ModelsRequest
import dev.tandem.model.RawRequest
import dev.tandem.model.RawResponse
import dev.tandem.model.ResponseFormat
import dev.tandem.pipeline.AddressedTarget
import dev.tandem.pipeline.FormatSupport
import dev.tandem.provider.http.ChatExchange
import dev.tandem.provider.http.Endpoint
import dev.tandem.provider.http.Pages
import dev.tandem.provider.http.Pages.Companion.text
import dev.tandem.schema.Dialect
import dev.tandem.transport.Framing
import io.ktor.http.encodeURLParameter
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.map
import kotlinx.serialization.json.JsonObject

internal class GeminiTarget(private val endpoint: Endpoint) : AddressedTarget {
    private val chats = ChatExchange(endpoint, Framing.EVENTS, ::GeminiReader)
    private val pages = Pages(endpoint) { path, page ->
        page.text("nextPageToken")?.let { Pages.with(path, "pageToken", it.encodeURLParameter()) }
    }

    override val name: String get() = endpoint.name
    override val identity: String get() = endpoint.identity
    override val defaultModel: String get() = "gemini-2.5-flash"
    override val defaultEmbeddingModel: String get() = "gemini-embedding-001"

    /** More are refused. */
    override val maxEmbeddingInputs: Int get() = 100

    override fun supportFor(request: ChatRequest): FormatSupport {
        val schema = (request.options.responseFormat as? ResponseFormat.JsonSchema)?.schema
        return when {
            // Before Gemini 3, tools and formats are refused together.
            request.options.offersTools && !THREE.containsMatchIn(request.options.model.orEmpty()) -> FormatSupport.NONE

            schema != null && Dialect.GEMINI.of(schema) != null -> FormatSupport.SCHEMA

            else -> FormatSupport.JSON
        }
    }

    override suspend fun chat(request: ChatRequest): ChatResponse =
        chats.chat("/${modelPath(request.options)}:generateContent", geminiBody(request), request.options)

    override fun stream(request: ChatRequest): Flow<ChatEvent> =
        chats.stream("/${modelPath(request.options)}:streamGenerateContent?alt=sse", geminiBody(request), request.options)

    override suspend fun embed(request: EmbeddingRequest): EmbeddingResponse {
        val path = "/${modelPath(request.options)}:batchEmbedContents"
        return endpoint.post(path, embeddingBody(request), request.options) { embeddingsOf(it, request) }
    }

    override fun models(request: ModelsRequest): Flow<ModelInfo> = pages.items("/models?pageSize=$MOST_MODELS", request.options).map {
        ModelInfo(it.text("name").orEmpty().removePrefix("models/"), "")
    }

    override suspend fun send(request: RawRequest): RawResponse = endpoint.send(request)

    override fun list(request: RawRequest): Flow<JsonObject> = pages.items(request.path, request.options)

    /** Lists a model, which opens the connection and tries the key, and costs nothing. */
    override suspend fun warmUp(request: ModelsRequest): Unit = endpoint.get("/models?pageSize=1", request.options) { it.text() }

    override fun close() = Unit

    private companion object {
        /** As many as a page may have. */
        const val MOST_MODELS = 1000
        val THREE = Regex("gemini-([3-9]|[1-9][0-9])")
    }
}
