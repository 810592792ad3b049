package dev.tandem.conversation

import dev.tandem.model.ChatResponse
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
    /** What stays of what was [said], when [new] comes to it. */
    internal abstract suspend fun keep(said: List<Message>, new: List<Message>, teller: Teller): Kept

    /** [spent] on a summary; null where none was made. */
    internal class Kept(val messages: List<Message>, val spent: Usage? = null)

    public companion object {
        /** Everything, until the model refuses it. */
        @JvmField public val ALL: History = Last("all", Long.MAX_VALUE, { 0 }, { 0 })

        /** Turns of so many messages at most, besides the system's. */
        @JvmStatic
        public fun lastMessages(count: Int): History {
            require(count >= 1) { "lastMessages must be at least 1, but is $count" }
            return Last("lastMessages($count)", count.toLong(), { 0 }, { all -> all.count { it.role != Role.SYSTEM }.toLong() })
        }

        /** Turns of so many tokens at most, system messages and tools included, by the client's counter. */
        @JvmStatic
        public fun lastTokens(count: Long): History {
            require(count >= 1) { "lastTokens must be at least 1, but is $count" }
            return Last("lastTokens($count)", count, Teller::tokensBesides, Teller::tokensIn)
        }

        /**
         * Above [maxTokens], counted as [lastTokens] does, all but the last [keptTurns] turns are summarised by the model. That is a
         * call of its own, without tools and within the turn's own timeout. Where it fails or is cut short, nothing is forgotten.
         */
        @JvmStatic
        public fun summarising(maxTokens: Long, keptTurns: Int): History {
            require(maxTokens >= 1) { "maxTokens must be at least 1, but is $maxTokens" }
            require(keptTurns >= 1) { "keptTurns must be at least 1, but is $keptTurns" }
            return Summarising(maxTokens, keptTurns)
        }
    }
}

/** As many turns from the end as weigh at most [most], together with what comes [besides] and in any case. */
private class Last(
    private val name: String,
    private val most: Long,
    private val besides: Teller.() -> Long,
    private val weight: Teller.(List<Message>) -> Long,
) : History() {
    override suspend fun keep(said: List<Message>, new: List<Message>, teller: Teller): Kept {
        val turns = turnsIn(said)
        val isNew = isNewTurn(new)
        var left = most - teller.besides() - teller.weight(turns.system + new)
        val kept = turns.turns.asReversed().withIndex().takeWhile { (i, turn) ->
            left -= teller.weight(turn)
            left >= 0 || (i == 0 && !isNew)
        }
        return Kept(if (kept.size == turns.turns.size) said else turns.system + kept.asReversed().flatMap { it.value })
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

/** Or else [new] goes on with the last turn, as results of tools do. */
internal fun isNewTurn(new: List<Message>): Boolean = new.firstOrNull { it.role != Role.SYSTEM }?.role == Role.USER

/** An answer of the cache has been paid for already. */
internal fun paidFor(answer: ChatResponse): Usage = if (answer.isCached) Usage.NONE else answer.usage
