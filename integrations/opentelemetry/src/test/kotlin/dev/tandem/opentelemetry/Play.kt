package dev.tandem.opentelemetry

import dev.tandem.AiClient
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatResponse
import dev.tandem.model.FinishReason
import dev.tandem.model.Message
import dev.tandem.model.Usage
import dev.tandem.pipeline.Call
import dev.tandem.pipeline.Middleware
import dev.tandem.pipeline.Next
import dev.tandem.provider.Provider
import dev.tandem.provider.openai.OpenAi
import dev.tandem.telemetry.CallListener
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow

/** Answers calls by itself, and tells meanwhile what the layers of core would. Nothing is sent. */
internal class Play(private val play: suspend (Call<*>) -> Any?) : Middleware {
    @Suppress("UNCHECKED_CAST")
    override fun <T> around(call: Call<T>, next: Next): Flow<T> = flow { emit(play(call) as T) }
}

internal fun playing(
    listener: CallListener,
    provider: Provider = OpenAi("sk-test"),
    play: suspend (Call<*>) -> Any? = { answer() },
): AiClient = AiClient(provider) {
    model = "gpt-4o-mini"
    embeddingModel = "text-embedding-3-small"
    listener(listener)
    middleware(Play(play))
}

internal const val PROMPT = "What is the secret of the prompt?"
internal const val ANSWER = "The secret of the answer."

internal fun answer(usage: Usage = Usage.of(12, 5)): ChatResponse = ChatResponse
    .builder(Message.assistant(ANSWER))
    .id("chatcmpl-1")
    .model("gpt-4o-mini-2024-07-18")
    .finishReason(FinishReason.STOP)
    .usage(usage)
    .build()

internal fun streamed(): ChatEvent = ChatEvent.Completed(answer())

/** The same call once more, as Retry makes it. */
internal fun Call<*>.again(): Call<*> = copied("again")

/** The same call beside itself, as Hedge makes it. */
internal fun Call<*>.beside(): Call<*> = copied("beside")

/** These copies are core's own to make, so this takes the back door. */
private fun Call<*>.copied(how: String): Call<*> = javaClass.methods.first { it.name.startsWith(how) }.invoke(this) as Call<*>
