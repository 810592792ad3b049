package dev.tandem.tool

import dev.tandem.AiClient
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatRequest
import dev.tandem.model.ChatResponse
import dev.tandem.model.EmbeddingRequest
import dev.tandem.model.EmbeddingResponse
import dev.tandem.model.FinishReason
import dev.tandem.model.Message
import dev.tandem.model.ModelInfo
import dev.tandem.model.ModelsRequest
import dev.tandem.model.Options
import dev.tandem.model.ToolCall
import dev.tandem.model.ToolDefinition
import dev.tandem.model.Usage
import dev.tandem.pipeline.Target
import dev.tandem.provider.Provider
import dev.tandem.provider.Wire
import dev.tandem.resilience.RetryPolicy
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.emptyFlow
import kotlinx.coroutines.flow.flow

/** A model that says [lines] one after the other, whatever it hears, and remembers that. Each line has used 10 and 5 tokens. */
class Script(private vararg val lines: suspend Script.() -> ChatResponse) :
    Target,
    Provider {
    val heard = mutableListOf<ChatRequest>()
    override val name = "script"
    override val defaultModel = "script-1"
    override val defaultEmbeddingModel = null
    override val maxEmbeddingInputs = 1

    /** What was said to it last. */
    val last: String get() = heard
        .last()
        .messages
        .last()
        .text

    /** The results that the model was told last, by the ids of their calls. */
    val results: Map<String?, String> get() = heard
        .last()
        .messages
        .filter { it.toolCallId != null }
        .associate { it.toolCallId to it.text }

    override fun connect(wire: Wire): Target = this

    override suspend fun chat(request: ChatRequest): ChatResponse {
        heard += request
        return lines[heard.lastIndex]()
    }

    override fun stream(request: ChatRequest): Flow<ChatEvent> = flow {
        val response = chat(request)
        if (response.text.isNotEmpty()) emit(ChatEvent.Text(response.text))
        response.toolCalls.forEachIndexed { i, it -> emit(ChatEvent.ToolCallDelta(i, it.id, it.name, it.arguments)) }
        emit(ChatEvent.UsageUpdate(response.usage))
        emit(ChatEvent.Completed(response))
    }

    override suspend fun embed(request: EmbeddingRequest): EmbeddingResponse = error("not in the script")

    override fun models(request: ModelsRequest): Flow<ModelInfo> = emptyFlow()

    override suspend fun warmUp(request: ModelsRequest) = Unit

    override fun close() = Unit
}

fun says(text: String, finish: FinishReason = FinishReason.STOP, calls: List<ToolCall> = emptyList()): ChatResponse = ChatResponse
    .builder(Message.assistant(text, calls, ""))
    .finishReason(finish)
    .usage(Usage.of(10, 5))
    .build()

fun asks(vararg calls: ToolCall): ChatResponse = says("", FinishReason.TOOL_CALLS, calls.asList())

fun call(name: String, id: String = name, arguments: String = "{}"): ToolCall = ToolCall(id, name, arguments)

fun tool(name: String, run: suspend () -> String): Tool = toolOf(name, "Does $name", run)

fun clientOf(script: Script, configure: AiClient.Builder.() -> Unit = {}): AiClient = AiClient(script) {
    retry = RetryPolicy.NONE
    configure()
}

fun AiClient.Builder.offering(vararg tools: ToolDefinition) = tools(tools.asList())

fun offering(vararg tools: ToolDefinition): Options = Options.builder().tools(tools.asList()).build()
