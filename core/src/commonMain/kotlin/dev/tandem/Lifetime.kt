package dev.tandem

import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableJob
import kotlinx.coroutines.Job
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.job

/**
 * From the making of a client to its end. Calls run in their callers' coroutines, so the end must reach out to them: it
 * cancels each, and tells its caller why by an [IllegalStateException], since the caller itself is not cancelled.
 */
internal class Lifetime {
    private val job: CompletableJob = SupervisorJob()

    val isOpen: Boolean get() = job.isActive

    /** True for the first caller. */
    fun end(): Boolean = isOpen.also { job.cancel() }

    fun <T> during(flow: Flow<T>): Flow<T> = flow {
        check(isOpen) { CLOSED }
        try {
            coroutineScope {
                val call = coroutineContext.job
                val bond = Job(job)
                bond.invokeOnCompletion { cause -> if (cause != null) call.cancel(CancellationException(CLOSED_MEANWHILE)) }
                flow.collect { emit(it) }
                bond.complete()
            }
        } catch (e: CancellationException) {
            // Whoever cancelled the caller comes first.
            currentCoroutineContext().ensureActive()
            throw if (isOpen) e else IllegalStateException(CLOSED_MEANWHILE, e)
        }
    }

    private companion object {
        const val CLOSED = "this client is closed: make a new one"
        const val CLOSED_MEANWHILE = "the client was closed while this call was under way"
    }
}
