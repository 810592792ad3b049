package dev.tandem.provider.openai

import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatEvent.Completed
import dev.tandem.model.ChatResponse
import dev.tandem.streaming
import dev.tandem.testing.OpenAiReplies.event
import kotlinx.coroutines.flow.toList

internal fun delta(json: String, finish: String? = null) = event(
    """{"id":"c","model":"m","choices":[{"index":0,"delta":$json${finish?.let { ""","finish_reason":"$it"""" }.orEmpty()}}]}""",
)

internal fun text(text: String) = delta("""{"content":"$text"}""")

internal fun calls(json: String) = delta("""{"tool_calls":[$json]}""")

internal val done = event("[DONE]")
internal val stop = delta("{}", "stop")

internal suspend fun events(body: String): List<ChatEvent> = streaming(body).stream("Hi").toList()

internal suspend fun answer(body: String): ChatResponse = (events(body).last() as Completed).response

internal suspend fun toolCalls(vararg pieces: String) = answer(pieces.joinToString("", transform = ::calls) + stop + done).toolCalls
