package dev.tandem.conversation

import dev.tandem.error.AiException
import dev.tandem.model.FinishReason
import dev.tandem.model.Message
import dev.tandem.model.Part
import dev.tandem.model.Role

internal class Summarising(private val maxTokens: Long, private val keptTurns: Int) : History() {
    override suspend fun keep(said: List<Message>, new: List<Message>, teller: Teller): Kept {
        val all = Kept(said)
        if (teller.tokensIn(said + new) + teller.tokensBesides() <= maxTokens) return all
        val turns = turnsIn(said)
        val recent = if (isNewTurn(new)) keptTurns - 1 else keptTurns
        val old = turns.turns.dropLast(recent)
        if (old.isEmpty()) return all
        val (summaries, system) = turns.system.partition(::isSummary)
        val summary = try {
            teller.ask(WISH, (summaries.map { it.text } + old.flatten().map(::spoken)).joinToString("\n\n"))
        } catch (_: AiException) {
            // Better too long than without what was said.
            return all
        }
        val spent = paidFor(summary)
        if (summary.text.isBlank() || summary.finishReason.kind != FinishReason.Kind.STOP) return Kept(said, spent)
        return Kept(system + Message.system("$BEGINNING\n${summary.text}") + turns.turns.takeLast(recent).flatten(), spent)
    }

    private fun spoken(message: Message): String = when (message.role) {
        Role.USER -> "User: ${told(message)}"
        Role.TOOL -> "Tool: ${told(message)}"
        else -> "Assistant: ${told(message)}" + message.toolCalls.joinToString("") { "\n(asks ${it.name} with ${it.arguments})" }
    }

    /** What is no text is named, so that the summary may tell that it was there. */
    private fun told(message: Message): String = message.parts.joinToString(" ") { part ->
        when (part) {
            is Part.Text -> part.text
            is Part.Image -> "(an image)"
            is Part.Audio -> "(a sound)"
            is Part.File -> if (part.name.isEmpty()) "(a file)" else "(the file ${part.name})"
        }
    }

    override fun toString(): String = "History.summarising($maxTokens, $keptTurns)"

    companion object {
        private const val BEGINNING = "Summary of the conversation so far:"
        private const val WISH =
            "Summarise the conversation that follows, for yourself to go on from: keep names, numbers, decisions, open questions and " +
                "what the user wants. Answer with the summary only."

        fun isSummary(message: Message): Boolean = message.role == Role.SYSTEM && message.text.startsWith(BEGINNING)
    }
}
