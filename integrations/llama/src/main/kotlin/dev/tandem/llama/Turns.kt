package dev.tandem.llama

import java.util.concurrent.locks.ReentrantLock
import kotlin.concurrent.withLock

/**
 * Lets one model compute at a time, in the order of coming. The native library (llama.cpp b4916) counts the parts of a
 * matrix product in a variable that all models of a process share: two at once skip parts, answer nonsense, and keep the
 * spoilt prompt for later answers. Answers of the same model may run together, since one native thread makes them all.
 */
internal class Turns {
    private val lock = ReentrantLock()
    private val changed = lock.newCondition()
    private val waiting = ArrayDeque<Any>()
    private var owner: Any? = null
    private var settleOwner: () -> Unit = {}
    private var running = 0

    /** Blocks until no other model computes. [settle] runs before the next model's turn: after it [model] computes no more. */
    fun <T> take(model: Any, settle: () -> Unit, compute: () -> T): T {
        enter(model, settle)
        try {
            return compute()
        } finally {
            lock.withLock {
                running--
                changed.signalAll()
            }
        }
    }

    private fun enter(model: Any, settle: () -> Unit) = lock.withLock {
        val ticket = Any()
        waiting.addLast(ticket)
        while (waiting.first() !== ticket || (running > 0 && owner !== model)) changed.awaitUninterruptibly()
        waiting.removeFirst()
        if (owner !== model) runCatching(settleOwner)
        owner = model
        settleOwner = settle
        running++
        changed.signalAll()
    }
}
