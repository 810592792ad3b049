package dev.tandem.provider.openai

import dev.tandem.error.MalformedResponseException
import dev.tandem.error.NotFoundException
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatRequest
import dev.tandem.model.ChatResponse
import dev.tandem.model.EmbeddingRequest
import dev.tandem.model.EmbeddingResponse
import dev.tandem.model.ModelInfo
import dev.tandem.model.ModelsRequest
import dev.tandem.model.Options
import dev.tandem.pipeline.Target
import dev.tandem.platform.VERSION
import dev.tandem.provider.StreamedAnswer
import dev.tandem.provider.Wire
import dev.tandem.transport.Answer
import dev.tandem.transport.HttpCall
import dev.tandem.transport.Redactor
import dev.tandem.transport.SseReader
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.FlowCollector
import kotlinx.coroutines.flow.flow
import kotlinx.serialization.json.JsonObject

internal class OpenAiTarget(private val provider: OpenAi, private val wire: Wire) : Target {
    private val dialect = provider.dialect
    private val headers: Map<String, String> =
        buildMap {
            put("User-Agent", "tandem/$VERSION")
            provider.apiKey?.let { put("Authorization", "Bearer $it") }
            putAll(provider.headers)
        }

    override val name: String get() = dialect.name
    override val defaultModel: String? get() = dialect.defaultModel
    override val defaultEmbeddingModel: String? get() = dialect.defaultEmbeddingModel
    override val maxEmbeddingInputs: Int get() = dialect.maxEmbeddingInputs

    override suspend fun chat(request: ChatRequest): ChatResponse =
        wire.transport.exchange(post("/chat/completions", chatBody(request, dialect, isStream = false), request.options)) { answer ->
            whole(answer).complete()
        }

    override fun stream(request: ChatRequest): Flow<ChatEvent> = flow {
        val call = post("/chat/completions", chatBody(request, dialect, isStream = true), request.options)
        wire.transport.exchange(call) { answer ->
            val pieces = StreamedAnswer(answer.details().build())
            if (pieces.whole { answer.isJson() }) oneShot(answer) else stream(answer, pieces)
        }
    }

    private suspend fun FlowCollector<ChatEvent>.stream(answer: Answer, pieces: StreamedAnswer) {
        val events = SseReader(answer)
        val reader = ChatChunks(answer, pieces)
        while (true) {
            val event = pieces.whole { events.next() } ?: break
            if (event.data == DONE) {
                pieces.end()
                break
            }
            for (piece in reader.read(event)) emit(piece)
        }
        emit(ChatEvent.Completed(pieces.complete()))
        answer.drain()
    }

    /** A stream was asked for and a whole answer came: some gateways do that. */
    private suspend fun FlowCollector<ChatEvent>.oneShot(answer: Answer) {
        val events = mutableListOf<ChatEvent>()
        val pieces = whole(answer, events)
        for (event in events) emit(event)
        emit(ChatEvent.Completed(pieces.complete()))
    }

    /** A whole answer is read as a stream of one chunk. */
    private suspend fun whole(answer: Answer, events: MutableList<ChatEvent>? = null): StreamedAnswer {
        val pieces = StreamedAnswer(answer.details().build())
        val seen = ChatChunks(answer, pieces).read(answer.json())
        if (!seen.hasChoice) throw MalformedResponseException("$name: the answer has no choice", answer.details().build(), null)
        events?.addAll(seen.events)
        pieces.end()
        return pieces
    }

    override suspend fun embed(request: EmbeddingRequest): EmbeddingResponse =
        wire.transport.exchange(post("/embeddings", embeddingBody(request), request.options)) { answer -> embeddingsOf(answer, request) }

    override suspend fun models(request: ModelsRequest): List<ModelInfo> = wire.transport.exchange(modelsCall(request)) { modelsOf(it) }

    /** Lists the models, which opens the connection and tries the key, and costs nothing. */
    override suspend fun warmUp(request: ModelsRequest) {
        try {
            wire.transport.exchange(modelsCall(request)) { it.text() }
        } catch (_: NotFoundException) {
            // A server without a list: the connection is open all the same.
        }
    }

    override fun close() = Unit

    private fun modelsCall(request: ModelsRequest) = call("/models", null, request.options)

    private fun post(path: String, body: JsonObject, options: Options) = call(path, body.toString(), options)

    private fun call(path: String, body: String?, options: Options) = HttpCall(
        name,
        dialect.baseUrl + path,
        headers + options.headers,
        body,
        Redactor(listOfNotNull(provider.apiKey) + secretsOf(options)),
    )

    /** A key may come with the call instead of the client. */
    private fun secretsOf(options: Options): List<String> = options.headers
        .filterKeys(SECRET_HEADER::containsMatchIn)
        .values
        .flatMap { it.split(' ') }
        .filter { it.length >= MIN_SECRET_CHARS }

    private companion object {
        /** Shorter ones are no secrets, but parts of other words. */
        const val MIN_SECRET_CHARS = 8
        val SECRET_HEADER = Regex("auth|key|token|secret|cookie", RegexOption.IGNORE_CASE)
        const val DONE = "[DONE]"
    }
}
