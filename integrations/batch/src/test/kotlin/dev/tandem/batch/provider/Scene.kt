package dev.tandem.batch.provider

import dev.tandem.AiClient
import dev.tandem.model.ChatRequest
import dev.tandem.provider.Provider
import dev.tandem.provider.anthropic.Anthropic
import dev.tandem.provider.openai.OpenAi
import dev.tandem.resilience.RetryPolicy
import dev.tandem.testing.AnthropicBatchPlay
import dev.tandem.testing.AnthropicReplies
import dev.tandem.testing.BatchPlay
import dev.tandem.testing.FakeServer
import dev.tandem.testing.OpenAiBatchPlay
import dev.tandem.testing.OpenAiReplies
import dev.tandem.testing.Reply
import kotlinx.coroutines.flow.toList
import kotlin.time.Duration

/** A provider's server, and a client that hands batches to it. A pause takes no time: what happens meanwhile is [meanwhile]. */
internal class Scene(
    val side: Side,
    val play: BatchPlay = side.newPlay(),
    provider: (url: String) -> Provider = side::provider,
    settings: AiClient.Builder.() -> Unit = {},
) : AutoCloseable {
    val server: FakeServer = FakeServer.start().answering(play::answer)
    val ai: AiClient = AiClient
        .builder(provider(server.url))
        .model("m-1")
        .retry(RetryPolicy.NONE)
        .apply(settings)
        .build()
    val pauses = mutableListOf<Duration>()
    var meanwhile: suspend (pause: Int) -> Unit = {}
    var nowMillis = System.currentTimeMillis()

    /** As another process would have it. */
    fun newBatches(): ProviderBatches = ProviderBatches.of(ai, Pauses.DEFAULT, { nowMillis }) {
        pauses += it
        meanwhile(pauses.size)
    }

    val batches: ProviderBatches = newBatches()

    suspend fun written(vararg prompts: String): List<WrittenRequest> = prompts.map { batches.write(ChatRequest.of(it)) }

    suspend fun submitted(key: String, vararg prompts: String): Ticket =
        batches.submit(batches.intend(key, prompts.size), written(*prompts))

    suspend fun resultsOf(ticket: Ticket): Map<Int, BatchAnswer> = batches.results(ticket).toList().associateBy { it.index }

    /** Requests that have come, as `GET /v1/batches`. */
    fun asked(): List<String> = server.requests.map { "${it.method} ${it.path.substringBefore('?')}" }

    /** How many batches a client has wanted to be made. */
    fun makings(): Int = asked().count { it == "POST ${side.path}" }

    override fun close() {
        ai.close()
        server.close()
    }
}

/** Whose batches they are. */
internal enum class Side(val path: String) {
    OPENAI("/v1/batches") {
        override fun newPlay() = OpenAiBatchPlay()

        override fun provider(url: String) = OpenAi
            .builder()
            .apiKey(KEY)
            .baseUrl(url)
            .build()

        override fun chat(text: String) = OpenAiReplies.chat(text)

        override fun error(status: Int, message: String) = OpenAiReplies.error(status, message, "some_error", null)
    },
    ANTHROPIC("/v1/messages/batches") {
        override fun newPlay() = AnthropicBatchPlay()

        override fun provider(url: String) = Anthropic
            .builder()
            .apiKey(KEY)
            .baseUrl(url)
            .build()

        override fun chat(text: String) = AnthropicReplies.chat(text)

        override fun error(status: Int, message: String) = AnthropicReplies.error(status, message)
    }, ;

    abstract fun newPlay(): BatchPlay

    abstract fun provider(url: String): Provider

    abstract fun chat(text: String): Reply

    abstract fun error(status: Int, message: String): Reply

    companion object {
        const val KEY = "sk-key-of-the-tests"
    }
}

/** The text of an answer, or the name of the exception in its place. */
internal fun wordsOf(answer: BatchAnswer?): String = when (answer) {
    is BatchAnswer.Answered -> answer.response.text
    is BatchAnswer.Failed -> answer.failure::class.simpleName.orEmpty()
    null -> "nothing"
}
