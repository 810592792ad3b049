package dev.tandem.batch

import kotlinx.coroutines.CompletableDeferred

/**
 * Ends a batch from outside, such as on Ctrl-C: nothing new is begun, what is under way is brought to its end and handed out, and then
 * the flow ends with a [BatchStoppedException]. Whoever wants it to end at once cancels the flow. Good for one run.
 */
public class BatchStop {
    private val asked = CompletableDeferred<Unit>()

    /** Whether somebody has asked for the end; what is under way may still go on. */
    public val isStopped: Boolean get() = asked.isCompleted

    /** May be called by any thread, and more than once. */
    public fun stop() {
        asked.complete(Unit)
    }

    internal suspend fun await() = asked.await()
}
