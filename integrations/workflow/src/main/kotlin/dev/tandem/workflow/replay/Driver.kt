package dev.tandem.workflow.replay

import dev.tandem.workflow.durable.DurableSteps
import dev.tandem.workflow.durable.StepFailedException
import dev.tandem.workflow.run.NodeFailedException
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
public class Driver(private val journal: Journal) {
    internal val turns = Turns(onStray = { fail(IllegalStateException(STRAY)) })

    private val asked = ArrayDeque<Wish>()
    private val begun = ArrayList<Wish>()

    /** In this turn. */
    private val dropped = ArrayList<Wish>()

    /** What nobody waits for from then on, the next attempt will wait for again. */
    private var isOver = false

    /** Of the workflow, once it is over. */
    private var failure: Throwable? = null
    private val fault = AtomicReference<Throwable?>()

    @Volatile
    private var scope: CoroutineScope? = null

    /**
     * What [body] gives. A run that is cancelled cancels the workflow, which may still do steps where it cannot be cancelled, and throws
     * the cause of the [RunCancelledException] in the end. Suspends only where [journal] does.
     */
    public suspend fun <T> run(body: suspend (DurableSteps) -> T): T = try {
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
                body(ReplaySteps(this@Driver))
            } catch (e: Exception) {
                throw if (isFailed(e)) journal.final(e) else e
            }
        }
        workflow.invokeOnCompletion { failure = it }
        var cancelled: RunCancelledException? = null
        try {
            turn { workflow.start() }
            while (!workflow.isCompleted) {
                beginAsked()
                check(begun.isNotEmpty()) { DEADLOCK }
                try {
                    val first = begun.removeAt(journal.first(begun.map { it.entry }))
                    val value = valueOf(first)
                    turn { value.fold(first.waiting::resume, first.waiting::resumeWithException) }
                } catch (e: RunCancelledException) {
                    cancelled = e
                    turn { workflow.cancel(CancellationException("the run was cancelled", e)) }
                }
            }
        } catch (e: Exception) {
            // Where it was an Error, such as by which a server takes back a thread, nothing of the workflow may run any more.
            isOver = true
            turns.run { workflow.cancel() }
            throw e
        }
        cancelled?.let { throw it.cause }
        return workflow.await()
    }

    private fun CoroutineScope.turn(first: () -> Unit) {
        turns.run(first)
        // With a failure that is tried again, the next attempt does again what this one has under way.
        val retried = failure?.takeUnless { it is CancellationException || journal.isFinal(it) }
        for (wish in dropped) wish.entry.drop(retried)
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
    } catch (e: StepFailedException) {
        Result.failure(e)
    }

    internal fun begin(wish: Wish) {
        asked += wish
        wish.waiting.invokeOnCancellation { if (!isOver) drop(wish) }
    }

    private fun drop(wish: Wish) {
        if (begun.remove(wish)) dropped += wish else asked -= wish
    }

    /** The attempt ends with [error], whatever the workflow makes of it. */
    internal fun fail(error: Throwable) {
        fault.compareAndSet(null, error)
        scope?.cancel(error.message.orEmpty(), error)
    }

    /** What was thrown because a step or a node failed is so each time, and need not be tried again. */
    private fun isFailed(error: Exception) = !journal.isFinal(error) && error !is CancellationException &&
        generateSequence<Throwable>(error) { it.cause }.take(LONGEST_CHAIN).any { it is StepFailedException || it is NodeFailedException }

    private companion object {
        const val STRAY = "the workflow was resumed by something that is no step, which a replay could not repeat: " +
            "instead of delay() use pause(), and do in the action of a step whatever needs time, a dispatcher or another thread"
        const val DEADLOCK = "the workflow waits for something that is no step, and that will not come: " +
            "it must wait for its steps, their pauses and answers only"

        const val LONGEST_CHAIN = 100
    }
}
