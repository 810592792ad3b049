package dev.tandem.pipeline

import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatRequest
import dev.tandem.model.ChatResponse
import dev.tandem.model.EmbeddingRequest
import dev.tandem.model.EmbeddingResponse
import dev.tandem.model.ModelInfo
import dev.tandem.model.ModelsRequest
import dev.tandem.model.RawRequest
import dev.tandem.model.RawResponse
import dev.tandem.model.Request
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.serialization.json.JsonObject
import kotlin.jvm.JvmSynthetic

/** What is asked of a [Target], and how its answer becomes a flow: one item for a plain call, many for a stream. */
public class Operation<T> internal constructor(
    private val name: String,
    @get:JvmSynthetic internal val perform: Target.(Request) -> Flow<T>,
) {
    override fun toString(): String = name

    internal companion object {
        val CHAT = Operation<ChatResponse>("chat") { request -> one { chat(request as ChatRequest) } }
        val STREAM = Operation<ChatEvent>("stream") { request -> stream(request as ChatRequest) }
        val EMBED = Operation<EmbeddingResponse>("embed") { request -> one { embed(request as EmbeddingRequest) } }
        val MODELS = Operation<ModelInfo>("models") { request -> models(request as ModelsRequest) }
        val WARM_UP = Operation<Unit>("warmUp") { request -> one { warmUp(request as ModelsRequest) } }
        val SEND = Operation<RawResponse>("send") { request -> one { send(request as RawRequest) } }
        val LIST = Operation<JsonObject>("list") { request -> list(request as RawRequest) }

        private fun <T> one(answer: suspend () -> T): Flow<T> = flow { emit(answer()) }
    }
}
