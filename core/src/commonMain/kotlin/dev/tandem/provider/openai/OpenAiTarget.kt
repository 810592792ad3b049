package dev.tandem.provider.openai

import dev.tandem.error.NotFoundException
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatRequest
import dev.tandem.model.ChatResponse
import dev.tandem.model.EmbeddingRequest
import dev.tandem.model.EmbeddingResponse
import dev.tandem.model.MediaRequest
import dev.tandem.model.ModelInfo
import dev.tandem.model.ModelsRequest
import dev.tandem.model.RawRequest
import dev.tandem.model.RawResponse
import dev.tandem.pipeline.AddressedTarget
import dev.tandem.pipeline.FormatSupport
import dev.tandem.pipeline.Operation
import dev.tandem.provider.http.ChatExchange
import dev.tandem.provider.http.ChatWire
import dev.tandem.provider.http.Endpoint
import dev.tandem.provider.http.Pages
import dev.tandem.provider.http.Pages.Companion.text
import dev.tandem.provider.openai.responses.responsesWire
import dev.tandem.transport.Framing
import io.ktor.http.encodeURLParameter
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.map
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.booleanOrNull

internal class OpenAiTarget(
    private val dialect: OpenAiDialect,
    private val endpoint: Endpoint,
    private val paths: OpenAiPaths,
    speaksResponses: Boolean,
) : AddressedTarget {
    override val stateOwner: String = if (speaksResponses) "${dialect.owner}/responses" else dialect.owner
    private val chats = if (speaksResponses) responsesWire(endpoint, stateOwner, dialect.schemas) else completions()
    private val media = Media(dialect, endpoint, paths)
    private val pages = Pages(endpoint) { path, page -> nextPage(path, page) }

    override val name: String get() = dialect.name
    override val identity: String get() = endpoint.identity
    override val defaultModel: String? get() = dialect.defaultModel
    override val defaultEmbeddingModel: String? get() = dialect.defaultEmbeddingModel
    override val maxEmbeddingInputs: Int get() = dialect.maxEmbeddingInputs
    override val maxEmbeddingTokens: Int get() = if (dialect.embedsAsOpenAi) OPENAI_TOKENS else Int.MAX_VALUE
    override val maxTokensOfEmbeddingInput: Int get() = if (dialect.embedsAsOpenAi) OPENAI_TOKENS_OF_INPUT else Int.MAX_VALUE

    override fun supportFor(request: ChatRequest): FormatSupport = dialect.formatSupport

    override suspend fun chat(request: ChatRequest): ChatResponse = chats.chat(request)

    override fun write(request: ChatRequest): RawRequest = chats.write(request)

    override fun read(response: RawResponse): ChatResponse = chats.read(response)

    override fun stream(request: ChatRequest): Flow<ChatEvent> = chats.stream(request)

    override suspend fun embed(request: EmbeddingRequest): EmbeddingResponse = endpoint.post(
        paths.of("/embeddings", request.options),
        embeddingBody(request, dialect),
        request.options,
    ) { embeddingsOf(it, request) }

    override fun defaultModelFor(request: MediaRequest): String? = dialect.modelFor(request)

    override fun media(operation: Operation<*>, request: MediaRequest): Flow<Any> = media.answer(operation, request)

    override fun models(request: ModelsRequest): Flow<ModelInfo> =
        pages.items(MODELS, request.options).map { ModelInfo(it.text("id").orEmpty(), it.text("owned_by").orEmpty()) }

    override suspend fun send(request: RawRequest): RawResponse = endpoint.send(request)

    override fun list(request: RawRequest): Flow<JsonObject> = pages.items(request.path, request.options)

    /** Lists the models, which opens the connection and tries the key, and costs nothing. */
    override suspend fun warmUp(request: ModelsRequest) {
        try {
            endpoint.get(MODELS, request.options) { it.text() }
        } catch (_: NotFoundException) {
            // A server without a list: the connection is open all the same.
        }
    }

    override fun close() = Unit

    private fun completions() = ChatWire(
        ChatExchange(endpoint, Framing.EVENTS) { ChatChunkReader(it, dialect) },
        { paths.of("/chat/completions", it) },
    ) { request, isStream -> chatBody(request, dialect, isStream) }

    private companion object {
        const val MODELS = "/models"
        const val OPENAI_TOKENS = 300_000
        const val OPENAI_TOKENS_OF_INPUT = 8192

        /** The id of the last item is where the next page begins. */
        fun nextPage(path: String, page: JsonObject): String? {
            if ((page["has_more"] as? JsonPrimitive)?.booleanOrNull != true) return null
            val last = page.text("last_id") ?: ((page["data"] as? JsonArray)?.lastOrNull() as? JsonObject)?.text("id")
            return last?.let { Pages.with(path, "after", it.encodeURLParameter()) }
        }
    }
}
