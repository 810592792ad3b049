package dev.tandem.restate

import dev.restate.sdk.common.TerminalException

/** What there is of Restate for one attempt at an invocation. Only one coroutine may use it. */
internal interface Journal {
    /** Its [action] is begun when it is waited for, and has not been done before, in the context of the caller. */
    suspend fun step(name: String, action: suspend () -> String): Entry

    suspend fun timer(name: String, millis: Long): Entry

    suspend fun answer(name: String): Entry

    /**
     * Which of [entries] is the first to be done: in a replay the same as before, since that is the order of the journal.
     * A [TerminalException] is for the invocation as a whole, which is cancelled; a wait after it is like one before it.
     */
    suspend fun first(entries: List<Entry>): Int

    fun interface Entry {
        /** JSON; empty for a timer. To be called when it is done. A [TerminalException] is what the journal keeps for the step. */
        suspend fun value(): String
    }
}
