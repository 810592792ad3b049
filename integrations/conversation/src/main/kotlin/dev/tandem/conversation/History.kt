package dev.tandem.conversation

import dev.tandem.model.Message
import dev.tandem.model.Role
import dev.tandem.model.Usage
import kotlin.jvm.JvmField
import kotlin.jvm.JvmStatic

/**
 * What is kept of a conversation when it gets long. It is kept and forgotten by whole turns, from what the user says to before he
 * speaks again, so that no result of a tool is without its call. System messages and the last turn stay in any case.
 */
public abstract class History internal constructor() {
    internal abstract suspend fun keep(messages: List<Message>, teller: Teller): Kept

    /** [spent] on a summary; null where none was made. */
    internal class Kept(val messages: List<Message>, val spent: Usage? = null)

    public companion object {
        /** Everything, until the model refuses it. */
        @JvmField public val ALL: History = Last("all", Long.MAX_VALUE) { 0 }

        /** Turns of so many messages at most, besides the system's. */
        @JvmStatic
        public fun lastMessages(count: Int): History {
            require(count >= 1) { "lastMessages must be at least 1, but is $count" }
            return Last("lastMessages($count)", count.toLong()) { 1 }
        }

        /** Turns of so many tokens at most, system messages included, by the client's counter. */
        @JvmStatic
        public fun lastTokens(count: Long): History {
            require(count >= 1) { "lastTokens must be at least 1, but is $count" }
            return Last("lastTokens($count)", count) { null }
        }

        /**
         * Above [maxTokens], all but the last [keptTurns] turns are summarised by the model, which is a call of its own. Where that
         * fails, nothing is forgotten.
         */
        @JvmStatic
        public fun summarising(maxTokens: Long, keptTurns: Int): History {
            require(maxTokens >= 1) { "maxTokens must be at least 1, but is $maxTokens" }
            require(keptTurns >= 1) { "keptTurns must be at least 1, but is $keptTurns" }
            return Summarising(maxTokens, keptTurns)
        }
    }
}

/** As many turns from the end as weigh at most [most]; a message that has no weight of its own weighs its tokens. */
private class Last(private val name: String, private val most: Long, private val weight: (Message) -> Long?) : History() {
    override suspend fun keep(messages: List<Message>, teller: Teller): Kept {
        fun weightOf(message: Message) = weight(message) ?: teller.tokensIn(message)
        val turns = turnsIn(messages)
        // Messages are counted without the system's, tokens with them.
        var left = most - turns.system.sumOf { weight(it)?.let { 0L } ?: teller.tokensIn(it) }
        val kept = turns.turns.asReversed().withIndex().takeWhile { (i, turn) ->
            left -= turn.sumOf(::weightOf)
            i == 0 || left >= 0
        }
        return Kept(if (kept.size == turns.turns.size) messages else turns.system + kept.asReversed().flatMap { it.value })
    }

    override fun toString(): String = "History.$name"
}

internal class Turns(val system: List<Message>, val turns: List<List<Message>>)

internal fun turnsIn(messages: List<Message>): Turns {
    val (system, talk) = messages.partition { it.role == Role.SYSTEM }
    val turns = mutableListOf<MutableList<Message>>()
    for (message in talk) {
        if (turns.isEmpty() || message.role == Role.USER) turns += mutableListOf(message) else turns.last() += message
    }
    return Turns(system, turns)
}
