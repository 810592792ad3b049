package dev.tandem.conversation

import dev.tandem.error.AiException
import dev.tandem.model.Message
import dev.tandem.model.Role

internal class Summarising(private val maxTokens: Long, private val keptTurns: Int) : History() {
    override suspend fun keep(messages: List<Message>, teller: Teller): Kept {
        val all = Kept(messages)
        if (messages.sumOf(teller::tokensIn) <= maxTokens) return all
        val turns = turnsIn(messages)
        val old = turns.turns.dropLast(keptTurns)
        if (old.isEmpty()) return all
        val (summaries, system) = turns.system.partition { it.text.startsWith(BEGINNING) }
        val said = summaries.map { it.text } + old.flatten().map(::spoken)
        val summary = try {
            teller.ask(WISH, said.joinToString("\n\n"))
        } catch (_: AiException) {
            // Better too long than without what was said.
            return all
        }
        if (summary.text.isBlank()) return all
        val kept = system + Message.system("$BEGINNING\n${summary.text}") + turns.turns.takeLast(keptTurns).flatten()
        return Kept(kept, summary.usage)
    }

    private fun spoken(message: Message): String = when (message.role) {
        Role.USER -> "User: ${message.text}"
        Role.TOOL -> "Tool: ${message.text}"
        else -> "Assistant: ${message.text}" + message.toolCalls.joinToString("") { "\n(asks ${it.name} with ${it.arguments})" }
    }

    override fun toString(): String = "History.summarising($maxTokens, $keptTurns)"

    private companion object {
        const val BEGINNING = "Summary of the conversation so far:"
        const val WISH =
            "Summarise the conversation that follows, for yourself to go on from: keep names, numbers, decisions, open questions and " +
                "what the user wants. Answer with the summary only."
    }
}
