@file:JvmName("-Within")

package dev.tandem.workflow.run

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
