package dev.tandem.llama

import dev.tandem.error.ContextLengthException
import dev.tandem.error.ServerException
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatRequest
import dev.tandem.model.ChatResponse
import dev.tandem.model.EmbeddingRequest
import dev.tandem.model.EmbeddingResponse
import dev.tandem.model.ModelInfo
import dev.tandem.model.ModelsRequest
import dev.tandem.pipeline.FormatSupport
import dev.tandem.pipeline.Target
import dev.tandem.provider.StreamedAnswer
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.filterIsInstance
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOf
import java.util.concurrent.atomic.AtomicLong

/** A model file as a target. Prompts are put together by the collector, tokens are awaited by [Runner]'s threads. */
internal class LlamaTarget(private val weights: Weights, private val settings: LlamaSettings) : Target {
    private val runner = Runner(settings.parallel)
    private val calls = AtomicLong()

    @Volatile private var loaded: LoadedModel? = null

    override val name: String get() = NAME
    override val defaultModel: String get() = weights.model
    override val defaultEmbeddingModel: String get() = weights.model
    override val maxEmbeddingInputs: Int get() = Int.MAX_VALUE

    /** A grammar leaves no room for tool calls, and does not say all that a schema can. */
    override fun supportFor(request: ChatRequest): FormatSupport {
        val isTaken = request.options.tools.isEmpty() && runCatching { grammarOf(request.options.responseFormat) }.isSuccess
        return if (isTaken) FormatSupport.SCHEMA else FormatSupport.NONE
    }

    override suspend fun chat(request: ChatRequest): ChatResponse = stream(request).filterIsInstance<ChatEvent.Completed>().first().response

    override fun stream(request: ChatRequest): Flow<ChatEvent> = flow {
        request.check(weights.model)
        runner.check()
        val model = model()
        request.check(model.template)
        val prompt = model.template.prompt(request)
        // One more for the token at the beginning of every text.
        val inputTokens = model.tokens(prompt).size + 1
        val parameters = sampling(prompt, request.options, model.template, roomFor(request, inputTokens, model))
        val offersTool = model.template.mayCall(request.options)
        if (!offersTool) model.template.toolMarker?.let { parameters.disableTokenIds(model.tokens(it).toList()) }

        val answer = StreamedAnswer(LLAMA_DETAILS)
        answer.head(null, weights.model)
        val stops = StopScanner(request.options.stop + model.template.stops)
        val marker = model.template.toolMarker.takeIf { offersTool }
        val reader = AnswerReader(answer, stops, marker, { "call_${calls.incrementAndGet()}" }, { model.tokens(it).size })
        val generation = runner.start(model, parameters)
        try {
            while (!reader.isDone) {
                val piece = generation.pieces.receiveCatching()
                piece.exceptionOrNull()?.let { throw broken(it, answer) }
                if (piece.isClosed) break
                reader.read(piece.getOrThrow())?.let { emit(it) }
            }
        } finally {
            runner.end(generation)
        }
        for (event in reader.end(generation.isCut, inputTokens)) emit(event)
        emit(ChatEvent.Completed(answer.complete()))
    }

    override suspend fun embed(request: EmbeddingRequest): EmbeddingResponse = throw notSupported("embeddings")

    override fun models(request: ModelsRequest): Flow<ModelInfo> = flowOf(ModelInfo(weights.model, ""))

    override suspend fun warmUp(request: ModelsRequest) {
        runner.check()
        model()
    }

    override fun close(): Unit = runner.close()

    private suspend fun model(): LoadedModel = loaded ?: LoadedModels.load(weights, settings).also { loaded = it }

    /** Tokens that the answer may have. The native library wants the last place of the context for itself. */
    private fun roomFor(request: ChatRequest, inputTokens: Int, model: LoadedModel): Int {
        val room = model.contextSize - 1 - inputTokens
        if (room < 1) {
            throw ContextLengthException(
                "llama: the prompt has $inputTokens tokens, but with room for an answer only ${model.contextSize - 2} fit into " +
                    "the context of ${model.contextSize}: shorten it, or set a larger contextSize",
                LLAMA_DETAILS,
            )
        }
        return minOf(request.options.maxTokens ?: room, room)
    }

    private fun broken(cause: Throwable, answer: StreamedAnswer): Throwable = when {
        cause is IllegalStateException -> cause
        answer.partial().text.isEmpty() -> ServerException("llama: the model failed: ${cause.message}", LLAMA_DETAILS, cause)
        else -> answer.incomplete(cause)
    }
}
