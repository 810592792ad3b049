package dev.tandem.workflow.replay

import kotlin.coroutines.CoroutineContext

/**
 * What there is of a server for one attempt at a run: to be implemented for servers that keep what steps gave, and have a run begin
 * anew where its process has died. Only [Driver] uses it, and only from the coroutine of [Driver.run].
 */
public interface Journal {
    /** Its [action], which gives JSON, is begun unless it has been done before; in [context], which has no dispatcher. */
    public suspend fun step(name: String, context: CoroutineContext, action: suspend () -> String): Entry

    /** Done when [millis] have passed since the first attempt came here. */
    public suspend fun timer(name: String, millis: Long): Entry

    /** Done when somebody has sent an answer under [name]; its value is that answer. */
    public suspend fun answer(name: String): Entry

    /**
     * Which of [entries] is the first to be done: in a replay the same as before, since that is the order of the journal.
     * Throws [RunCancelledException] where the run as a whole is cancelled; a wait after it is like one before it.
     */
    public suspend fun first(entries: List<Entry>): Int

    /** The server hears of [error] that the run has failed, and need not be tried again. */
    public fun isFinal(error: Throwable): Boolean

    /** What is to be thrown of [error], which is so each time, for the server to hear just that. */
    public fun final(error: Exception): Exception

    /** Something that is waited for. */
    public interface Entry {
        /** JSON; empty for a timer. To be called when it is done. A `StepFailedException` is thrown for a step that failed. */
        public suspend fun value(): String

        /** Nobody waits for it any more; [retried] is why, where the attempt has failed and the next one will wait for it again. */
        public fun drop(retried: Throwable?)
    }
}
