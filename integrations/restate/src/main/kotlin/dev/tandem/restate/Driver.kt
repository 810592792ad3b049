package dev.tandem.restate

import dev.restate.sdk.common.TerminalException
import dev.tandem.workflow.durable.DurableSteps
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Job
import kotlinx.coroutines.async
import kotlinx.coroutines.cancel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.ensureActive
import java.util.concurrent.atomic.AtomicReference
import kotlin.coroutines.resume
import kotlin.coroutines.resumeWithException

/**
 * One attempt at a workflow. Its coroutines run until all of them wait; then what they ask for is begun, in the order in which they
 * ask; then the journal says what is done first, whoever waits for that goes on, and so forth. Only the coroutine in [run] touches
 * the journal, and nothing but the journal says what comes next: so a replay takes the same path.
 */
internal class Driver(private val journal: Journal) {
    val turns = Turns(onStray = { fail(IllegalStateException(STRAY)) })

    private val asked = ArrayDeque<Wish>()
    private val begun = ArrayList<Wish>()

    /** In this turn. */
    private val dropped = ArrayList<Wish>()

    /** What nobody waits for from then on, the next attempt will wait for again. */
    private var isOver = false
    private val fault = AtomicReference<Throwable?>()

    @Volatile
    private var scope: CoroutineScope? = null

    /**
     * The actions end before it returns. A cancelled invocation cancels the workflow, which may still do steps where it cannot be
     * cancelled, and is a [TerminalException] in the end.
     */
    suspend fun <T> run(body: suspend (DurableSteps) -> T): T = try {
        coroutineScope {
            scope = this
            conduct(body)
        }
    } catch (e: CancellationException) {
        throw fault.get() ?: e
    }

    private suspend fun <T> CoroutineScope.conduct(body: suspend (DurableSteps) -> T): T {
        // With a job of its own: what happens to the attempt reaches the workflow in its turn, or not at all.
        val workflow = CoroutineScope(coroutineContext.minusKey(Job) + turns).async(start = CoroutineStart.LAZY) {
            try {
                body(RestateSteps(this@Driver))
            } catch (e: Exception) {
                throw final(e)
            }
        }
        var failure: Throwable? = null
        workflow.invokeOnCompletion { failure = it }
        var cancelled: TerminalException? = null
        try {
            turn({ failure }) { workflow.start() }
            while (!workflow.isCompleted) {
                beginAsked()
                check(begun.isNotEmpty()) { DEADLOCK }
                try {
                    val first = begun.removeAt(journal.first(begun.map { it.entry }))
                    val value = valueOf(first)
                    turn({ failure }) { value.fold(first.waiting::resume, first.waiting::resumeWithException) }
                } catch (e: TerminalException) {
                    cancelled = e
                    turn({ cancelled }) { workflow.cancel(CancellationException("the invocation was cancelled", e)) }
                }
            }
        } finally {
            isOver = true
            turns.run { workflow.cancel() }
        }
        cancelled?.let { throw it }
        return workflow.await()
    }

    private fun CoroutineScope.turn(failure: () -> Throwable?, first: () -> Unit) {
        turns.run(first)
        // With a failure that Restate tries again, the next attempt does again what this one has under way.
        val retried = failure().takeIf { it !is TerminalException }
        for (wish in dropped) wish.drop(retried ?: TerminalException(TerminalException.CANCELLED_CODE, "the workflow went on without it"))
        dropped.clear()
        ensureActive()
    }

    private suspend fun beginAsked() {
        while (true) {
            val wish = asked.removeFirstOrNull() ?: return
            wish.entry = wish.begin(journal)
            begun += wish
        }
    }

    private suspend fun valueOf(wish: Wish): Result<String> = try {
        Result.success(wish.entry.value())
    } catch (e: TerminalException) {
        val failure = Failure.read(e.message.orEmpty())
        Result.failure(StepFailedException(wish.name, failure.type, failure.message))
    }

    fun begin(wish: Wish) {
        asked += wish
        wish.waiting.invokeOnCancellation { if (!isOver) drop(wish) }
    }

    private fun drop(wish: Wish) {
        if (begun.remove(wish)) dropped += wish else asked -= wish
    }

    /** The attempt ends with [error], whatever the workflow makes of it. */
    fun fail(error: Throwable) {
        fault.compareAndSet(null, error)
        scope?.cancel(error.message.orEmpty(), error)
    }

    private companion object {
        const val STRAY = "the workflow was resumed by something that is no step, which a replay could not repeat: " +
            "instead of delay() use pause(), and do in the action of a step whatever needs time, a dispatcher or another thread"
        const val DEADLOCK = "the workflow waits for something that is no step, and that will not come: " +
            "it must wait for its steps, their pauses and answers only"

        /** What was thrown because a step failed is so each time, and need not be tried again. */
        fun final(error: Exception): Exception = when {
            error is TerminalException || error is CancellationException -> error
            generateSequence<Throwable>(error) { it.cause }.take(LONGEST_CHAIN).none { it is StepFailedException } -> error
            else -> TerminalException("${Failure.of(error)}").apply { initCause(error) }
        }

        const val LONGEST_CHAIN = 100
    }
}
