package dev.tandem.batch

import dev.tandem.AiClient
import dev.tandem.error.ErrorDetails
import dev.tandem.error.RateLimitedException
import dev.tandem.error.UnauthorizedException
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatRequest
import dev.tandem.model.ChatResponse
import dev.tandem.model.Embedding
import dev.tandem.model.EmbeddingRequest
import dev.tandem.model.EmbeddingResponse
import dev.tandem.model.Message
import dev.tandem.model.ModelInfo
import dev.tandem.model.ModelsRequest
import dev.tandem.model.Usage
import dev.tandem.pipeline.Target
import dev.tandem.provider.Provider
import dev.tandem.provider.Wire
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.emptyFlow
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.atomic.AtomicInteger

/** A provider that answers each prompt by [answer], and counts how often it heard it. Each answer has used 10 and 5 tokens. */
class Oracle(private val remembers: Boolean = true, private val answer: suspend Oracle.(prompt: String) -> String = { "re: $it" }) :
    Target,
    Provider {
    override val name = "oracle"
    override val defaultModel = "oracle-1"
    override val defaultEmbeddingModel = "oracle-embed"
    override val maxEmbeddingInputs = 100

    /** How often each prompt was heard. */
    val heard = ConcurrentHashMap<String, AtomicInteger>()
    val calls: Int get() = heard.values.sumOf { it.get() }

    private val now = AtomicInteger()
    private val most = AtomicInteger()

    /** How many calls there are now. */
    val running: Int get() = now.get()

    /** The most calls there were at the same time. */
    val mostAtOnce: Int get() = most.get()

    fun timesHeard(prompt: String): Int = heard[prompt]?.get() ?: 0

    override fun connect(wire: Wire): Target = this

    override suspend fun chat(request: ChatRequest): ChatResponse {
        val prompt = request.messages.last().text
        if (remembers) heard.computeIfAbsent(prompt) { AtomicInteger() }.incrementAndGet()
        most.accumulateAndGet(now.incrementAndGet(), ::maxOf)
        try {
            return ChatResponse
                .builder(Message.assistant(answer(prompt)))
                .model("oracle-1")
                .usage(Usage.of(10, 5))
                .build()
        } finally {
            now.decrementAndGet()
        }
    }

    override fun stream(request: ChatRequest): Flow<ChatEvent> = error("nobody streams here")

    override suspend fun embed(request: EmbeddingRequest): EmbeddingResponse =
        EmbeddingResponse("oracle-embed", request.inputs.map { Embedding(floatArrayOf(it.length.toFloat(), 0.5f)) }, Usage.of(3, 0))

    override fun models(request: ModelsRequest): Flow<ModelInfo> = emptyFlow()

    override suspend fun warmUp(request: ModelsRequest) = Unit

    override fun close() = Unit

    companion object {
        /** One that remembers nothing, for very many. */
        fun forgetful() = Oracle(remembers = false)

        fun refused() = UnauthorizedException("the key was refused", ErrorDetails.NONE, null)

        fun tooFast() = RateLimitedException("too fast", ErrorDetails.NONE)
    }
}

/** A client without retries. */
fun clientOf(oracle: Oracle, configure: AiClient.Builder.() -> Unit = {}): AiClient = AiClient(oracle) {
    retry = dev.tandem.resilience.RetryPolicy.NONE
    configure()
}

val Iterable<BatchResult<*, *>>.values: List<Any?> get() = map { it.valueOrNull }
