package dev.tandem.workflow

import dev.tandem.AiClient
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
import dev.tandem.resilience.RetryPolicy
import dev.tandem.workflow.run.WorkflowExecutor
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.emptyFlow
import kotlinx.coroutines.flow.flow
import java.util.concurrent.ConcurrentLinkedQueue

/** A model that answers each prompt by [answer], word by word where it is streamed, and remembers what it heard. Each answer has used 10 and 5 tokens. */
class Model(private val answer: suspend (ChatRequest) -> String) :
    Target,
    Provider {
    override val name = "model"
    override val defaultModel = "model-1"
    override val defaultEmbeddingModel = null
    override val maxEmbeddingInputs = 1
    val requests = ConcurrentLinkedQueue<ChatRequest>()
    val heard: List<String> get() = requests.map { it.messages.last().text }

    override fun connect(wire: Wire): Target = this

    override suspend fun chat(request: ChatRequest): ChatResponse {
        requests += request
        return ChatResponse
            .builder(Message.assistant(answer(request)))
            .usage(Usage.of(10, 5))
            .build()
    }

    override fun stream(request: ChatRequest): Flow<ChatEvent> = flow {
        val response = chat(request)
        response.text.split(" ").forEachIndexed { i, word -> emit(ChatEvent.Text(if (i == 0) word else " $word")) }
        emit(ChatEvent.Completed(response))
    }

    override suspend fun embed(request: EmbeddingRequest): EmbeddingResponse = error("it has no vectors")

    override fun models(request: ModelsRequest): Flow<ModelInfo> = emptyFlow()

    override suspend fun warmUp(request: ModelsRequest) = Unit

    override fun close() = Unit

    companion object {
        /** Says `re: ` and what it was asked. */
        fun echo(before: suspend (String) -> Unit = {}) = Model { request ->
            val prompt = request.messages.last().text
            before(prompt)
            "re: $prompt"
        }
    }
}

/** A client without retries. */
fun clientOf(model: Model): AiClient = AiClient(model) { retry = RetryPolicy.NONE }

fun executorOf(model: Model = Model.echo(), build: WorkflowExecutor.Builder.() -> Unit = {}): WorkflowExecutor =
    WorkflowExecutor.builder(clientOf(model)).apply(build).build()
