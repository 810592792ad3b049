package dev.tandem

import dev.tandem.telemetry.CallsWithin
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableJob
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.job
import kotlin.concurrent.atomics.AtomicBoolean
import kotlin.concurrent.atomics.ExperimentalAtomicApi
import kotlin.coroutines.CoroutineContext

/**
 * From the making of a client to its end. Calls run in their callers' coroutines, so the end must reach out to them: it
 * cancels each, and tells its caller why by an [IllegalStateException], since the caller itself is not cancelled.
 */
@OptIn(ExperimentalAtomicApi::class)
internal class Lifetime {
    private val job: CompletableJob = SupervisorJob()
    private val hasEnded = AtomicBoolean(false)

    val isOpen: Boolean get() = job.isActive

    /** True for the first caller, whoever else calls at the same time. */
    fun end(): Boolean = hasEnded.compareAndSet(expectedValue = false, newValue = true).also { job.cancel() }

    /** For what belongs to no single call; ends with the client. */
    fun scope(context: CoroutineContext): CoroutineScope = CoroutineScope(job + context)

    /** [calls] is told who listens to those in the caller's coroutine. */
    fun <T> during(calls: (CallsWithin?) -> Flow<T>): Flow<T> = flow {
        check(isOpen) { "this client is closed: make a new one" }
        try {
            coroutineScope {
                val caller = coroutineContext.job
                val bond = Job(job)
                bond.invokeOnCompletion { cause -> if (cause != null) caller.cancel(ClosedMeanwhile()) }
                try {
                    calls(coroutineContext[CallsWithin]).collect { emit(it) }
                } finally {
                    bond.complete()
                }
            }
        } catch (e: CancellationException) {
            // Whoever cancelled the caller comes first.
            currentCoroutineContext().ensureActive()
            if (isOpen) throw e
            throw IllegalStateException("the client was closed while this call was under way", e)
        }
    }

    private class ClosedMeanwhile : CancellationException("the client was closed")
}
