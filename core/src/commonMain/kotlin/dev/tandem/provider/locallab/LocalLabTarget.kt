package dev.tandem.provider.locallab

import dev.tandem.error.MalformedResponseException
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatRequest
import dev.tandem.model.ChatResponse
import dev.tandem.model.EmbeddingRequest
import dev.tandem.model.EmbeddingResponse
import dev.tandem.model.ModelInfo
import dev.tandem.model.ModelsRequest
import dev.tandem.model.RawRequest
import dev.tandem.model.RawResponse
import dev.tandem.pipeline.AddressedTarget
import dev.tandem.pipeline.FormatSupport
import dev.tandem.provider.http.ChatExchange
import dev.tandem.provider.http.Endpoint
import dev.tandem.provider.http.Pages
import dev.tandem.provider.http.Pages.Companion.text
import dev.tandem.provider.http.decode
import dev.tandem.transport.ErrorBody
import dev.tandem.transport.Framing
import dev.tandem.transport.rejectionOf
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.map
import kotlinx.serialization.json.JsonObject

internal class LocalLabTarget(private val endpoint: Endpoint, private val alwaysChats: Boolean) : AddressedTarget {
    private val questions = ChatExchange(endpoint, Framing.RAW_EVENTS, ::GenerateReader)
    private val conversations = ChatExchange(endpoint, Framing.TEXT, ::ChatTextReader)
    private val pages = Pages(endpoint) { _, _ -> null }

    override val name: String get() = LocalLab.NAME
    override val identity: String get() = "${endpoint.identity} $alwaysChats"

    /** A name for whichever is loaded; none is ever sent. */
    override val defaultModel: String get() = "loaded"
    override val defaultEmbeddingModel: String get() = defaultModel
    override val maxEmbeddingInputs: Int get() = Int.MAX_VALUE

    override fun supportFor(request: ChatRequest): FormatSupport = FormatSupport.NONE

    override suspend fun chat(request: ChatRequest): ChatResponse {
        val question = questionIn(request)
        return if (question != null) {
            questions.chat(GENERATE, generateBody(question, request.options, isStream = false), request.options)
        } else {
            conversations.chat(CHAT, chatBody(request, isStream = false), request.options)
        }
    }

    override fun stream(request: ChatRequest): Flow<ChatEvent> {
        val question = questionIn(request)
        return if (question != null) {
            questions.stream(GENERATE, generateBody(question, request.options, isStream = true), request.options)
        } else {
            conversations.stream(CHAT, chatBody(request, isStream = true), request.options)
        }
    }

    private fun questionIn(request: ChatRequest): Question? {
        request.refuseUnknown()
        return if (alwaysChats) null else questionOf(request)
    }

    override suspend fun embed(request: EmbeddingRequest): EmbeddingResponse =
        throw notSupported("embeddings", "ask a provider that has them")

    override fun models(request: ModelsRequest): Flow<ModelInfo> =
        pages.items(MODELS, request.options).map { ModelInfo(it.text("id").orEmpty(), "") }

    override suspend fun send(request: RawRequest): RawResponse = endpoint.send(request)

    override fun list(request: RawRequest): Flow<JsonObject> = pages.items(request.path, request.options)

    /** Lists the models, which opens the connection and tries the key. */
    override suspend fun warmUp(request: ModelsRequest): Unit = endpoint.get(MODELS, request.options) { it.json() }.let {}

    override fun close() = Unit

    /** What else the server can do. [read] gives null for what is no answer to that. */
    suspend fun <T : Any> ask(request: RawRequest, read: (JsonObject) -> T?): T = endpoint.send(request) { answer ->
        val json = answer.decode(JsonObject.serializer())
        val result = read(json)
        if (result == null) {
            val excerpt = answer.excerptOf(json.toString())
            val details = answer.details().excerpt(excerpt)
            // An error that came as success. A message alone is none: the server likes to say how well all went.
            throw ErrorBody.of(JsonObject(json - "message"))?.let { rejectionOf(null, it, details) { text -> answer.redact(text) } }
                ?: MalformedResponseException("$name: this is no answer to ${request.path}: $excerpt", details.build(), null)
        }
        result
    }

    private companion object {
        const val GENERATE = "/generate"
        const val CHAT = "/chat"
        const val MODELS = "/models/list"
    }
}
