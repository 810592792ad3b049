@file:JvmName("-Within")

package dev.tandem.workflow.run

import dev.tandem.workflow.Node
import dev.tandem.workflow.durable.DurableSteps
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.launch

/** What [work] gives, or null where [limit] is over first: by the steps' own time, which goes on over restarts as the pause [name]. */
internal suspend fun <T : Any> DurableSteps.within(name: String, limit: Long, work: suspend () -> T): T? = coroutineScope {
    val working = async { runCatching { work() } }
    val timer = launch {
        pause(name, limit)
        working.cancel(CancellationException("'$name' is over"))
    }
    try {
        working.await().getOrThrow()
    } catch (e: CancellationException) {
        currentCoroutineContext().ensureActive()
        if (!timer.isCompleted) throw e
        null
    } finally {
        timer.cancel()
    }
}

/** Of nodes that are not at work themselves, whose time is over where all that they wait for has taken so long. */
internal suspend fun DurableSteps.inTimeOf(node: Node, step: String, work: suspend () -> NodeDone): NodeDone {
    val limit = node.timeoutMillis ?: return work()
    return within("$step.timeout", limit, work)
        ?: throw WorkflowTimeoutException("the node '${node.name}' took longer than $limit ms: give it more by timeoutMillis", limit)
}
