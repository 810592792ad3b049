package dev.tandem.conversation

import kotlinx.coroutines.ThreadContextElement
import kotlinx.coroutines.currentCoroutineContext
import kotlin.coroutines.AbstractCoroutineContextElement
import kotlin.coroutines.CoroutineContext

/** Goes along with a turn, into the tools that it runs: by its coroutines, and by the threads that they work on. */
internal class Turn(private val conversation: Conversation, private val outer: Turn?) :
    AbstractCoroutineContextElement(Turn),
    ThreadContextElement<Turn?> {
    /** What it has started may outlive it. */
    @Volatile private var isOver = false

    fun end() {
        isOver = true
    }

    /** Whether [other] waits for what is done now. */
    fun isOf(other: Conversation): Boolean = (conversation === other && !isOver) || outer?.isOf(other) == true

    override fun updateThreadContext(context: CoroutineContext): Turn? = putHere(this)

    override fun restoreThreadContext(context: CoroutineContext, oldState: Turn?) {
        putHere(oldState)
    }

    companion object : CoroutineContext.Key<Turn> {
        private val here = ThreadLocal<Turn?>()

        /** The one that waits for what this coroutine does. Code that was called back has a new context, but its thread knows. */
        suspend fun underWay(): Turn? = currentCoroutineContext()[Turn] ?: here()

        fun here(): Turn? = here.get()

        /** Does [work] as if nobody waited for it: whoever it wakes goes on by himself. */
        inline fun <T> outside(work: () -> T): T {
            val before = putHere(null)
            return try {
                work()
            } finally {
                putHere(before)
            }
        }

        /** Puts [turn] on this thread, and gives what was there. */
        fun putHere(turn: Turn?): Turn? = here.get().also { if (turn == null) here.remove() else here.set(turn) }
    }
}
