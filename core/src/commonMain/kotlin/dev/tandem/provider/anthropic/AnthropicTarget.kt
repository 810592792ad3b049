package dev.tandem.provider.anthropic

import dev.tandem.error.NotFoundException
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
import dev.tandem.provider.http.notSupported
import dev.tandem.schema.Dialect
import dev.tandem.transport.Framing
import io.ktor.http.encodeURLParameter
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.map
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.booleanOrNull

internal class AnthropicTarget(private val endpoint: Endpoint) : AddressedTarget {
    private val chats = ChatExchange(endpoint, Framing.EVENTS, ::MessageReader)
    private val pages = Pages(endpoint) { path, page -> nextPage(path, page) }

    override val name: String get() = NAME
    override val identity: String get() = endpoint.identity
    override val defaultModel: String get() = "claude-sonnet-4-6"

    /** There is none, but without a name nobody would get as far as [embed], which says what to do. */
    override val defaultEmbeddingModel: String get() = "none"
    override val maxEmbeddingInputs: Int get() = Int.MAX_VALUE

    override fun supportFor(request: ChatRequest): FormatSupport {
        val schema = (request.options.responseFormat as? ResponseFormat.JsonSchema)?.schema
        val isTaken = schema != null && ModelVersion.of(request.options.model.orEmpty()).takesSchema && Dialect.ANTHROPIC.of(schema) != null
        return if (isTaken) FormatSupport.SCHEMA else FormatSupport.NONE
    }

    override suspend fun chat(request: ChatRequest): ChatResponse =
        chats.chat(MESSAGES, messagesBody(request, isStream = false), request.options)

    override fun write(request: ChatRequest): RawRequest =
        RawRequest.post(MESSAGES, messagesBody(request, isStream = false)).withOptions(request.options)

    override fun read(response: RawResponse): ChatResponse = chats.read(response)

    override fun stream(request: ChatRequest): Flow<ChatEvent> =
        chats.stream(MESSAGES, messagesBody(request, isStream = true), request.options)

    override suspend fun embed(request: EmbeddingRequest): EmbeddingResponse =
        throw notSupported(name, "there are no embeddings here: make a second client for them, of OpenAi or another provider")

    override fun models(request: ModelsRequest): Flow<ModelInfo> =
        pages.items("$MODELS?limit=$MOST_MODELS", request.options).map { ModelInfo(it.text("id").orEmpty(), name) }

    override suspend fun send(request: RawRequest): RawResponse = endpoint.send(request)

    override fun list(request: RawRequest): Flow<JsonObject> = pages.items(request.path, request.options)

    /** Lists a model, which opens the connection and tries the key, and costs nothing. */
    override suspend fun warmUp(request: ModelsRequest) {
        try {
            endpoint.get("$MODELS?limit=1", request.options) { it.text() }
        } catch (_: NotFoundException) {
            // Another server that speaks Messages but has no list: the connection is open all the same.
        }
    }

    override fun close() = Unit

    companion object {
        /** Of the provider, and the owner of what its answers want to see again. */
        const val NAME = "anthropic"
        private const val MESSAGES = "/messages"
        private const val MODELS = "/models"

        /** As many as one page may hold. */
        private const val MOST_MODELS = 1000

        /** Older lists go on after an id, newer ones name the next page. */
        private fun nextPage(path: String, page: JsonObject): String? {
            val last = page.text("last_id")
            val hasMore = (page["has_more"] as? JsonPrimitive)?.booleanOrNull == true
            if (last != null && hasMore) return Pages.with(path, "after_id", last.encodeURLParameter())
            return page.text("next_page")?.let { Pages.with(path, "page", it.encodeURLParameter()) }
        }
    }
}
