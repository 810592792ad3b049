package dev.tandem.provider.ollama

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
import dev.tandem.transport.Framing
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.map
import kotlinx.serialization.json.JsonObject

internal class OllamaTarget(private val endpoint: Endpoint) : AddressedTarget {
    private val chats = ChatExchange(endpoint, Framing.LINES, ::OllamaReader)
    private val pages = Pages(endpoint) { _, _ -> null }

    override val name: String get() = endpoint.name
    override val identity: String get() = endpoint.identity
    override val defaultModel: String get() = "llama3.2"
    override val defaultEmbeddingModel: String get() = "nomic-embed-text"

    /** There is no limit but the patience of a machine that takes one after the other. */
    override val maxEmbeddingInputs: Int get() = 256

    /** Held to a format, a model asks for no tools. */
    override fun supportFor(request: ChatRequest): FormatSupport =
        if (request.options.offersTools) FormatSupport.NONE else FormatSupport.UNSEEN_SCHEMA

    override suspend fun chat(request: ChatRequest): ChatResponse = chats.chat(CHAT, ollamaBody(request, isStream = false), request.options)

    override fun stream(request: ChatRequest): Flow<ChatEvent> = chats.stream(CHAT, ollamaBody(request, isStream = true), request.options)

    override suspend fun embed(request: EmbeddingRequest): EmbeddingResponse =
        endpoint.post("/api/embed", embeddingBody(request), request.options) { embeddingsOf(it, request) }

    override fun models(request: ModelsRequest): Flow<ModelInfo> =
        pages.items(TAGS, request.options).map { ModelInfo(it.text("name") ?: it.text("model").orEmpty(), "") }

    override suspend fun send(request: RawRequest): RawResponse = endpoint.send(request)

    override fun list(request: RawRequest): Flow<JsonObject> = pages.items(request.path, request.options)

    /** How the server goes about [request], line by line. Cold: sends when collected. Ends well only after `success`. */
    fun follow(request: RawRequest): Flow<JsonObject> = flow {
        endpoint.send(request) { answer -> ProgressLines(answer).forEach { emit(it) } }
    }

    /** Lists the models, which opens the connection and tries the key. No model is loaded by it. */
    override suspend fun warmUp(request: ModelsRequest): Unit = endpoint.get(TAGS, request.options) { it.text() }

    override fun close() = Unit

    private companion object {
        const val CHAT = "/api/chat"
        const val TAGS = "/api/tags"
    }
}
