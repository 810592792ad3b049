package dev.tandem.redis

import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatRequest
import dev.tandem.model.ChatResponse
import dev.tandem.model.EmbeddingRequest
import dev.tandem.model.EmbeddingResponse
import dev.tandem.model.FinishReason
import dev.tandem.model.Message
import dev.tandem.model.ModelInfo
import dev.tandem.model.ModelsRequest
import dev.tandem.model.Usage
import dev.tandem.pipeline.Target
import dev.tandem.provider.Provider
import dev.tandem.provider.Wire
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.emptyFlow
import kotlinx.coroutines.flow.flow
import java.util.concurrent.atomic.AtomicInteger

/** Answers "answer 1", "answer 2" and so on. */
class FakeProvider(private val finish: FinishReason = FinishReason.STOP, private val before: suspend (Int) -> Unit = {}) :
    Provider,
    Target {
    private val asked = AtomicInteger()
    override val name = "fake"
    override val defaultModel = "gpt-3.5-turbo"
    override val defaultEmbeddingModel = null
    override val maxEmbeddingInputs = 1

    /** How often it was asked. */
    val count: Int get() = asked.get()

    override fun connect(wire: Wire): Target = this

    override suspend fun chat(request: ChatRequest): ChatResponse = next()

    override fun stream(request: ChatRequest): Flow<ChatEvent> = flow {
        val response = next()
        for (piece in response.text.split(" ")) emit(ChatEvent.Text(piece))
        emit(ChatEvent.Completed(response))
    }

    private suspend fun next(): ChatResponse {
        val number = asked.incrementAndGet()
        before(number)
        return ChatResponse
            .builder(Message.assistant("answer $number"))
            .model("gpt-3.5-turbo-0125")
            .finishReason(finish)
            .usage(Usage.of(10, 5))
            .build()
    }

    override suspend fun embed(request: EmbeddingRequest): EmbeddingResponse = EmbeddingResponse("fake", emptyList(), Usage.NONE)

    override fun models(request: ModelsRequest): Flow<ModelInfo> = emptyFlow()

    override suspend fun warmUp(request: ModelsRequest) = Unit

    override fun close() = Unit
}
