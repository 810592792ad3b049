package dev.tandem.conversation

import kotlinx.coroutines.ThreadContextElement
import kotlinx.coroutines.currentCoroutineContext
import kotlin.coroutines.AbstractCoroutineContextElement
import kotlin.coroutines.CoroutineContext

/** Goes along with a turn, into the tools that it runs: by its coroutines, and by the threads that they work on. */
internal class Turn(private val conversation: Conversation, private val outer: Turn?) :
    AbstractCoroutineContextElement(Turn),
    ThreadContextElement<Turn?> {
    fun isOf(other: Conversation): Boolean = conversation === other || outer?.isOf(other) == true

    override fun updateThreadContext(context: CoroutineContext): Turn? = putHere(this)

    override fun restoreThreadContext(context: CoroutineContext, oldState: Turn?) {
        putHere(oldState)
    }

    companion object : CoroutineContext.Key<Turn> {
        private val here = ThreadLocal<Turn?>()

        /** The one that waits for what this coroutine does. Code that was called back has a new context, but its thread knows. */
        suspend fun underWay(): Turn? = currentCoroutineContext()[Turn] ?: here()

        fun here(): Turn? = here.get()

        /** Puts [turn] on this thread, and gives what was there. */
        fun putHere(turn: Turn?): Turn? = here.get().also { if (turn == null) here.remove() else here.set(turn) }
    }
}
