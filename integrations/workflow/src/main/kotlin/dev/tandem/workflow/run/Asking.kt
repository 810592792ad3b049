package dev.tandem.workflow.run

import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatRequest
import dev.tandem.model.ChatResponse
import dev.tandem.workflow.AgentNode
import dev.tandem.workflow.template.Filling
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonPrimitive

/** Asks a model what an agent's prompt comes to. */
internal class Asking(private val house: House, private val name: String, private val agent: AgentNode) {
    suspend fun answer(prompt: String, system: String?): JsonElement {
        val ai = house.clients.named(agent.client)
        val request = ChatRequest
            .builder()
            .apply { system?.let(::system) }
            .user(prompt)
            .options(agent.options)
            .build()
        agent.answer?.let { return ai.extractWhole(request, it).json }
        // Only where somebody reads it: a stream costs more than an answer.
        val response = if (house.hub.wantsTokens) streamed(request) else ai.chat(request)
        return JsonPrimitive(response.text)
    }

    private suspend fun streamed(request: ChatRequest): ChatResponse {
        var whole: ChatResponse? = null
        house.clients.named(agent.client).stream(request).collect { event ->
            if (event is ChatEvent.Completed) whole = event.response
            if (event.text.isNotEmpty()) house.hub.put(WorkflowEvent.Token(house.hub.moment(name), event.text))
        }
        return checkNotNull(whole) { "a stream has ended well, and without an answer" }
    }

    companion object {
        /** The outputs right before it that the prompt does not mention come first, under their names. */
        fun promptOf(filled: String, unmentioned: Map<String, JsonElement>): String =
            unmentioned.entries.joinToString("") { (name, output) -> "$name:\n${Filling.textOf(output)}\n\n" } + filled
    }
}
