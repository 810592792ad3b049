package dev.tandem.workflow.replay

import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Runnable
import kotlin.coroutines.CoroutineContext

/**
 * Runs what a workflow's coroutines have to do: one thing after the other, in the order in which it came up, and only within [run].
 * So the same answers in the same order give the same questions in the same order, which a replay relies on.
 */
internal class Turns(private val onStray: () -> Unit) : CoroutineDispatcher() {
    /** Only for [thread]. */
    private val queue = ArrayDeque<Runnable>()

    /** The one that is in [run]. */
    @Volatile
    private var thread: Thread? = null

    val isNow: Boolean get() = thread === Thread.currentThread()

    /** Does [first], and what comes of it, until all coroutines wait. */
    fun run(first: () -> Unit) {
        thread = Thread.currentThread()
        try {
            first()
            while (true) (queue.removeFirstOrNull() ?: break).run()
        } finally {
            thread = null
        }
    }

    override fun dispatch(context: CoroutineContext, block: Runnable) {
        if (isNow) queue.addLast(block) else onStray()
    }
}
