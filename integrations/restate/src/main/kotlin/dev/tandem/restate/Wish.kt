package dev.tandem.restate

import kotlinx.coroutines.CancellableContinuation

/** Something that one of the workflow's coroutines waits for. Only for the driver and, in [Turns], the workflow. */
internal sealed class Wish(val name: String, val waiting: CancellableContinuation<String>) {
    lateinit var entry: Journal.Entry

    abstract suspend fun begin(journal: Journal): Journal.Entry

    /** Nobody waits any more. */
    open fun drop(reason: Throwable) = Unit

    class Step(name: String, waiting: CancellableContinuation<String>, private val action: Action) : Wish(name, waiting) {
        override suspend fun begin(journal: Journal) = journal.step(name, action::run)

        override fun drop(reason: Throwable) = action.drop(reason)
    }

    class Timer(name: String, waiting: CancellableContinuation<String>, private val millis: Long) : Wish(name, waiting) {
        override suspend fun begin(journal: Journal) = journal.timer(name, millis)
    }

    class Answer(name: String, waiting: CancellableContinuation<String>) : Wish(name, waiting) {
        override suspend fun begin(journal: Journal) = journal.answer(name)
    }
}
