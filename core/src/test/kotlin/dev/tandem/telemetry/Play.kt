package dev.tandem.telemetry

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
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow

/** Answers calls by itself, and tells meanwhile what the layers of core would. Nothing is sent. For the tests of all listeners. */
class Play(private val play: suspend (Call<*>) -> Any?) : Middleware {
    @Suppress("UNCHECKED_CAST")
    override fun <T> around(call: Call<T>, next: Next): Flow<T> = flow { emit(play(call) as T) }
}

fun playing(listener: CallListener, provider: Provider = OpenAi("sk-test"), play: suspend (Call<*>) -> Any? = { answer() }): AiClient =
    AiClient(provider) {
        model = "gpt-4o-mini"
        embeddingModel = "text-embedding-3-small"
        listener(listener)
        middleware(Play(play))
    }

const val PROMPT = "What is the secret of the prompt?"
const val ANSWER = "The secret of the answer."

fun answer(usage: Usage = Usage.of(12, 5)): ChatResponse = ChatResponse
    .builder(Message.assistant(ANSWER))
    .id("chatcmpl-1")
    .model("gpt-4o-mini-2024-07-18")
    .finishReason(FinishReason.STOP)
    .usage(usage)
    .build()

fun streamed(): ChatEvent = ChatEvent.Completed(answer())

/** The same call once more, as Retry makes it. */
fun anotherAttemptAt(call: Call<*>): Call<*> = call.again()

/** The same call beside itself, as Hedge makes it. */
fun hedgeOf(call: Call<*>): Call<*> = call.beside()
