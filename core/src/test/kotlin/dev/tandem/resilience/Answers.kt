package dev.tandem.resilience

import dev.tandem.error.ErrorDetails
import dev.tandem.error.RateLimitedException
import dev.tandem.error.ServerException
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatRequest
import dev.tandem.model.ChatResponse
import dev.tandem.model.Embedding
import dev.tandem.model.EmbeddingRequest
import dev.tandem.model.EmbeddingResponse
import dev.tandem.model.FinishReason
import dev.tandem.model.Message
import dev.tandem.model.ModelInfo
import dev.tandem.model.ModelsRequest
import dev.tandem.model.RateLimits
import dev.tandem.model.Usage
import dev.tandem.pipeline.FormatSupport
import dev.tandem.pipeline.Target
import dev.tandem.provider.Provider
import dev.tandem.provider.Wire
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.FlowCollector
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOf
import kotlin.time.Duration

/**
 * A provider whose calls run [answer]: it may wait, fail, and say pieces, which a plain call gets in one. It is told the number
 * of the call, from 1.
 */
class Answers(override val name: String = "fake", private val answer: suspend Answers.Speaker.(number: Int, request: ChatRequest) -> Unit) :
    Target,
    Provider {
    override val defaultModel = "fake-1"
    override val defaultEmbeddingModel = "fake-embed"
    override val maxEmbeddingInputs = 100

    /** How often it was asked. */
    var count = 0
        private set
    val requests = mutableListOf<ChatRequest>()

    /** What the answers are said to have used. */
    var usage: Usage = Usage.of(10, 5)

    /** What comes before vectors. */
    var whenEmbedding: suspend (number: Int) -> Unit = {}

    /** Why they are over. */
    var finish: FinishReason = FinishReason.STOP

    /** What they say is left. */
    var limits: RateLimits? = null

    /** How it is held to the format of an answer. */
    var support: FormatSupport = FormatSupport.SCHEMA

    override fun connect(wire: Wire): Target = this

    override fun supportFor(request: ChatRequest): FormatSupport = support

    override suspend fun chat(request: ChatRequest): ChatResponse {
        val text = StringBuilder()
        val number = asked(request)
        Speaker { text.append(it) }.answer(number, request)
        return response(text.toString())
    }

    override fun stream(request: ChatRequest): Flow<ChatEvent> = flow {
        val text = StringBuilder()
        val number = asked(request)
        val speaker = Speaker {
            text.append(it)
            emit(ChatEvent.Text(it))
        }
        speaker.answer(number, request)
        emit(ChatEvent.Completed(response(text.toString())))
    }

    override suspend fun embed(request: EmbeddingRequest): EmbeddingResponse {
        whenEmbedding(++count)
        return EmbeddingResponse("fake-embed", request.inputs.map { Embedding(floatArrayOf(it.length.toFloat(), 0.5f)) }, Usage.of(3, 0))
    }

    override fun models(request: ModelsRequest): Flow<ModelInfo> = flowOf(ModelInfo("fake-1", "test"))

    override suspend fun warmUp(request: ModelsRequest) = Unit

    override fun close() = Unit

    private fun asked(request: ChatRequest): Int {
        requests += request
        return ++count
    }

    private fun response(text: String) = ChatResponse
        .builder(
            Message.assistant(text),
        ).id("id-$count")
        .model("fake-1")
        .finishReason(finish)
        .usage(usage)
        .rateLimits(limits)
        .build()

    /** Says the pieces of an answer, and what goes with it. */
    inner class Speaker(private val pieces: FlowCollector<String>) : FlowCollector<String> by pieces {
        var usage: Usage by this@Answers::usage
        var finish: FinishReason by this@Answers::finish
        var limits: RateLimits? by this@Answers::limits
    }
}

fun serverError(retryAfter: Duration? = null) = ServerException(
    "500",
    ErrorDetails
        .builder()
        .provider("fake")
        .status(500)
        .retryAfter(retryAfter)
        .build(),
    null,
)

fun tooMany(retryAfter: Duration? = null) = RateLimitedException(
    "429",
    ErrorDetails
        .builder()
        .provider("fake")
        .status(429)
        .retryAfter(retryAfter)
        .build(),
)
