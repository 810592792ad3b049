package dev.tandem.testing

import dev.tandem.AiClient
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatRequest
import dev.tandem.model.ChatResponse
import dev.tandem.model.Message
import dev.tandem.model.Part
import dev.tandem.model.ToolDefinition
import kotlinx.coroutines.flow.last
import kotlinx.serialization.json.Json

/** The conversation that every provider holds: a picture is shown, the model looks closer, and says what it saw. */
internal class Conversation(private val isStreamed: Boolean) {
    private val messages = BEGINNING.toMutableList()

    /** What is next to be said to the model, and what it answers. It is part of the conversation from then on. */
    suspend fun proceed(client: AiClient, vararg said: Message): ChatResponse {
        messages += said
        val request = ChatRequest
            .builder()
            .messages(messages)
            .model("fake-1")
            .tool(LOOK)
            .build()
        val response = if (isStreamed) (client.stream(request).last() as ChatEvent.Completed).response else client.chat(request)
        messages += response.message
        return response
    }

    fun formOf(said: Speaker.Said): Reply = if (isStreamed) said.streamed else said.whole

    companion object {
        const val SYSTEM = "Be brief."
        const val QUESTION = "What is in this picture?"
        const val IMAGE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
        const val CALL_ID = "call_1"
        const val TOOL = "look"
        const val ARGUMENTS = """{"where":"at the centre","zoom":2}"""
        const val RESULT = "whiskers"
        const val ANSWER = "A cat, I think."

        val BEGINNING = listOf(Message.system(SYSTEM), Message.user(Part.Text(QUESTION), Part.Image("data:image/png;base64,$IMAGE")))
        val LOOK =
            ToolDefinition.of(
                TOOL,
                "Looks closer",
                """{"type":"object","properties":{"where":{"type":"string"},"zoom":{"type":"integer"}}}""",
            )

        fun heard(call: Heard.Call?, result: Heard.Result?, answer: String?) = Heard(SYSTEM, QUESTION, IMAGE, call, result, answer)

        fun callWith(link: String) = Heard.Call(link, TOOL, Json.parseToJsonElement(ARGUMENTS))
    }
}
