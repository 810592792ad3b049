package dev.tandem.testing.script

import dev.tandem.accounting.TokenCounter
import dev.tandem.error.ErrorDetails
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatRequest
import dev.tandem.model.ChatResponse
import dev.tandem.model.Embedding
import dev.tandem.model.EmbeddingRequest
import dev.tandem.model.EmbeddingResponse
import dev.tandem.model.ModelInfo
import dev.tandem.model.ModelsRequest
import dev.tandem.model.Usage
import dev.tandem.pipeline.Target
import dev.tandem.provider.StreamedAnswer
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.future.await
import java.util.concurrent.atomic.AtomicLong
import kotlin.time.Duration.Companion.days

/** Speaks for a [ScriptedModel] to one client. */
internal class ScriptedTarget(private val script: ScriptedModel) : Target {
    private val calls = AtomicLong()
    private val answers = AtomicLong()
    private val details = ErrorDetails.builder().provider(script.name).build()

    override val name: String get() = script.name
    override val defaultModel: String get() = MODEL
    override val defaultEmbeddingModel: String get() = MODEL
    override val maxEmbeddingInputs: Int get() = Int.MAX_VALUE

    override suspend fun chat(request: ChatRequest): ChatResponse = say(request) {}

    override fun stream(request: ChatRequest): Flow<ChatEvent> = flow { emit(ChatEvent.Completed(say(request) { emit(it) })) }

    override suspend fun embed(request: EmbeddingRequest): EmbeddingResponse {
        script.embedding(request)
        orGivenUp { delay(script.vectorsAfter) }
        val vectors = request.inputs.map { Embedding(script.vectors.apply(it)) }
        return EmbeddingResponse(request.options.model ?: MODEL, vectors, Usage.of(request.inputs.sumOf(::tokensIn), 0))
    }

    override fun models(request: ModelsRequest): Flow<ModelInfo> = flowOf(ModelInfo(MODEL, "tandem"))

    override suspend fun warmUp(request: ModelsRequest): Unit = Unit

    override fun close(): Unit = Unit

    private suspend fun say(request: ChatRequest, hear: suspend (ChatEvent) -> Unit): ChatResponse = orGivenUp {
        val reply = script.replyTo(request)
        val answer = StreamedAnswer(details)
        answer.head("answer-${answers.incrementAndGet()}", request.options.model ?: MODEL)
        var isFirst = true
        for (step in reply.steps) {
            piece(step, answer)?.let { event ->
                if (!isFirst) delay(reply.pace)
                isFirst = false
                hear(event)
            }
            if (step === ScriptedReply.Break) throw answer.incomplete(null)
        }
        hear(answer.usage(reply.usage ?: estimate(request, answer)))
        answer.finish(reply.finish)
        answer.end()
        answer.complete()
    }

    /** Does [step], and gives the event that comes of it. */
    private suspend fun piece(step: ScriptedReply.Step, answer: StreamedAnswer): ChatEvent? {
        when (step) {
            is ScriptedReply.Text -> return answer.text(step.piece)

            is ScriptedReply.Reasoning -> return answer.reasoning(step.piece)

            is ScriptedReply.Call -> return calls.incrementAndGet().let {
                answer.toolCall(
                    it.toInt(),
                    "call_$it",
                    step.tool,
                    step.arguments,
                )
            }

            is ScriptedReply.Pause -> delay(step.time)

            is ScriptedReply.Until -> step.gate.await()

            is ScriptedReply.Failure -> throw step.failure.get()

            ScriptedReply.Silence -> beSilent()

            ScriptedReply.Break -> Unit
        }
        return null
    }

    /** It begins with a pause, so that timeouts ring where time passes only by those. */
    private suspend fun beSilent(): Nothing {
        delay(AGES)
        awaitCancellation()
    }

    /** The script gets to know when nobody wants the rest of [work] any more. */
    private suspend fun <T> orGivenUp(work: suspend () -> T): T = try {
        work()
    } catch (e: CancellationException) {
        script.givenUp()
        throw e
    }

    private fun estimate(request: ChatRequest, answer: StreamedAnswer): Usage =
        Usage.of(request.messages.sumOf { tokensIn(it.text) }, tokensIn(answer.partial().text))

    private fun tokensIn(text: String): Long = TokenCounter.ESTIMATE.count(text, null).toLong()

    private companion object {
        const val MODEL = "scripted-1"
        val AGES = 1_000.days
    }
}
