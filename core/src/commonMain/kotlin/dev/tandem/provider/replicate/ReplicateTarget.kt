package dev.tandem.provider.replicate

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
import dev.tandem.provider.Wire
import dev.tandem.provider.http.Endpoint
import dev.tandem.provider.http.Pages
import dev.tandem.provider.http.Pages.Companion.text
import dev.tandem.provider.http.Site
import dev.tandem.provider.http.notSupported
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.map
import kotlinx.serialization.json.JsonObject

internal class ReplicateTarget(site: Site, wire: Wire, waitSeconds: Int?) : AddressedTarget {
    private val endpoint = Endpoint(site, wire)
    private val predictions = Predictions(endpoint, waitSeconds)
    private val streams = PredictionStream(site, wire, endpoint)
    private val pages = Pages(endpoint) { path, page -> nextPage(path, page) }

    override val name: String = site.name
    override val identity: String get() = endpoint.identity
    override val defaultModel: String get() = "meta/meta-llama-3-8b-instruct"
    override val defaultEmbeddingModel: String? get() = null
    override val maxEmbeddingInputs: Int get() = 1

    override fun supportFor(request: ChatRequest): FormatSupport = FormatSupport.NONE

    override suspend fun chat(request: ChatRequest): ChatResponse {
        val running = RunningPrediction(predictions.make(request, isStream = false))
        return predictions.whileWanted(running, request.options) {
            predictions.end(running.seen, request.options, isDue = false) { running.take(it) }
            running.complete()
        }
    }

    override fun stream(request: ChatRequest): Flow<ChatEvent> = flow {
        val running = RunningPrediction(predictions.make(request, isStream = true))
        predictions.whileWanted(running, request.options) {
            val url = running.streamUrl
            if (url != null) streams.events(url, request.options).collect { event -> running.hear(event)?.let { emit(it) } }
            predictions.end(running.seen, request.options, isDue = url != null) { seen -> running.take(seen)?.let { emit(it) } }
            val response = running.complete()
            running.usage()?.let { emit(it) }
            emit(ChatEvent.Completed(response))
        }
    }

    override suspend fun embed(request: EmbeddingRequest): EmbeddingResponse = throw notSupported(
        name,
        "it has no embeddings of its own: run a model for them by send(RawRequest.post(\"/predictions\", …))",
    )

    override fun models(request: ModelsRequest): Flow<ModelInfo> = pages.items("/models", request.options).map {
        val owner = it.text("owner").orEmpty()
        ModelInfo("$owner/${it.text("name").orEmpty()}", owner)
    }

    override suspend fun send(request: RawRequest): RawResponse = endpoint.send(request)

    override fun list(request: RawRequest): Flow<JsonObject> = pages.items(request.path, request.options)

    /** Asks whose key this is, which opens the connection and costs nothing. */
    override suspend fun warmUp(request: ModelsRequest) {
        endpoint.get("/account", request.options) { it.text() }
    }

    override fun close() = Unit

    private companion object {
        /** Of the next page's address only the cursor is taken: the key does not go where an answer points. */
        fun nextPage(path: String, page: JsonObject): String? = page
            .text("next")
            ?.substringAfter('?', "")
            ?.split('&')
            ?.firstOrNull { it.startsWith("cursor=") }
            ?.let { Pages.with(path, "cursor", it.substringAfter('=')) }
    }
}
