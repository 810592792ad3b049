package dev.tandem.restate

import dev.restate.sdk.common.TerminalException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlin.coroutines.CoroutineContext

/** What a step does: away from the workflow's coroutines, with the [context] of the one that waits, and until none waits any more. */
internal class Action(private val context: CoroutineContext, private val body: suspend () -> String) {
    private val dropped = CompletableDeferred<Throwable>()

    /** Nobody waits for it: it is cancelled, and [run] throws [retried], or what says that it is over for good. */
    fun drop(retried: Throwable?) {
        dropped.complete(retried ?: TerminalException(TerminalException.CANCELLED_CODE, "the workflow went on without it"))
    }

    /** Throws a [TerminalException] for what the journal is to keep, and whatever else for what is to be tried again. */
    suspend fun run(): String = try {
        coroutineScope {
            val work = async(context) { body() }
            val dropping = dropped.invokeOnCompletion { work.cancel() }
            try {
                work.await()
            } finally {
                dropping.dispose()
            }
        }
    } catch (e: Exception) {
        if (dropped.isCompleted) throw dropped.await()
        // The attempt is over, and says nothing of the step.
        currentCoroutineContext().ensureActive()
        throw TerminalException(Failure.textOf(e)).apply { initCause(e) }
    }
}
