package dev.tandem

import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatRequest
import dev.tandem.model.ChatResponse
import dev.tandem.model.EmbeddingRequest
import dev.tandem.model.EmbeddingResponse
import dev.tandem.model.Message
import dev.tandem.model.ModelInfo
import dev.tandem.model.ModelsRequest
import dev.tandem.model.Usage
import dev.tandem.pipeline.Target
import dev.tandem.provider.Provider
import dev.tandem.provider.Wire
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOf

/** Says [pieces], each [latencyMillis] after the one before, on whatever clock the caller lives by. */
class ScriptedTarget(private val latencyMillis: Long, private vararg val pieces: String) : Target {
    override val name = "scripted"
    override val defaultModel = "script"
    override val defaultEmbeddingModel = null
    override val maxEmbeddingInputs = 1

    override suspend fun chat(request: ChatRequest): ChatResponse {
        delay(latencyMillis)
        return response()
    }

    override fun stream(request: ChatRequest): Flow<ChatEvent> = flow {
        for (piece in pieces) {
            delay(latencyMillis)
            emit(ChatEvent.Text(piece))
        }
        emit(ChatEvent.Completed(response()))
    }

    override suspend fun embed(request: EmbeddingRequest): EmbeddingResponse = EmbeddingResponse("script", emptyList(), Usage.NONE)

    override fun models(request: ModelsRequest): Flow<ModelInfo> = flowOf(ModelInfo("script", "test"))

    override suspend fun warmUp(request: ModelsRequest) = Unit

    override fun close() = Unit

    fun provider(): Provider = object : Provider {
        override val name = "scripted"

        override fun connect(wire: Wire): Target = this@ScriptedTarget
    }

    private fun response() = ChatResponse.builder(Message.assistant(pieces.joinToString(""))).build()
}
