package dev.tandem.workflow.run

import dev.tandem.error.AiException
import dev.tandem.telemetry.CallsWithin
import dev.tandem.workflow.Node
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.sync.withPermit
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeoutOrNull

/** Does a node's work as often, and for as long, as it may. */
internal class Trying(private val house: House, private val node: Node, private val started: Started, private val effort: Effort) {
    private class Done<T>(val value: T)

    suspend fun <T> run(work: suspend () -> T): T {
        // A client has its own word on its errors. A policy that somebody has set for a node means all others too.
        val policy = (node.retry ?: house.settings.retry).alsoIf { it !is AiException && isWorthIt(it) }
        return withContext(CallsWithin(effort)) {
            policy.run { number ->
                if (number > 1) retried(number)
                // A pause between attempts needs no place.
                house.places.withPermit { attempt(work) }
            }
        }
    }

    private suspend fun retried(number: Int) =
        house.hub.put(WorkflowEvent.NodeRetried(house.hub.moment(started.name), number, checkNotNull(effort.lastError)))

    private suspend fun <T> attempt(work: suspend () -> T): T {
        started.tell()
        val begun = house.times.clock.markNow()
        val at = house.times.now()
        var failure: Throwable? = null
        try {
            return within(node.timeoutMillis ?: house.settings.nodeTimeoutMillis, work)
        } catch (e: CancellationException) {
            failure = e
            currentCoroutineContext().ensureActive()
            throw IllegalStateException("the work of '${started.name}' was cancelled from within", e)
        } catch (e: Throwable) {
            failure = e
            throw e
        } finally {
            effort.attempted(at, begun.elapsedNow().inWholeMilliseconds, failure)
        }
    }

    private suspend fun <T> within(limit: Long?, work: suspend () -> T): T {
        if (limit == null) return work()
        val done = withTimeoutOrNull(limit) { Done(work()) }
        return (
            done ?: throw WorkflowTimeoutException(
                "the node '${node.name}' took longer than $limit ms: give it more by timeoutMillis",
                limit,
            )
        ).value
    }

    private fun isWorthIt(error: Throwable) = when (error) {
        is HttpStatusException -> error.isRetryable
        is IllegalArgumentException -> false
        else -> error is Exception
    }
}
