package dev.tandem.conversation

import dev.tandem.AiClient
import dev.tandem.model.ChatRequest
import dev.tandem.model.ChatResponse
import dev.tandem.model.Message
import dev.tandem.model.Options

/** Counts and summarises for a [History], by the client of the conversation and for the model of this turn. */
internal class Teller(private val ai: AiClient, turn: Options) {
    private val options = Options
        .builder()
        .model(turn.model)
        .also { own ->
            turn.timeout?.let { own.timeout = it }
            turn.headers.forEach { (name, value) -> own.header(name, value) }
            turn.tags.forEach { own.tag(it) }
        }.build()

    fun tokensIn(message: Message): Long = ai.countTokens(
        ChatRequest
            .builder()
            .message(message)
            .options(options)
            .build(),
    )

    suspend fun ask(wish: String, text: String): ChatResponse = ai.chat(
        ChatRequest
            .builder()
            .system(wish)
            .user(text)
            .options(options)
            .build(),
    )
}
