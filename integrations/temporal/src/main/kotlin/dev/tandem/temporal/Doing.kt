package dev.tandem.temporal

import io.temporal.client.ActivityCanceledException
import io.temporal.client.ActivityCompletionClient
import io.temporal.client.ActivityCompletionException
import io.temporal.client.ActivityNotExistsException
import io.temporal.failure.ApplicationFailure
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.async
import kotlinx.coroutines.delay
import kotlinx.coroutines.isActive
import kotlinx.coroutines.launch
import kotlinx.coroutines.supervisorScope
import kotlinx.coroutines.withContext
import kotlin.time.Duration

/** One run of an [action], of which [server] hears every [beat] that it is still at it, and in the end what came of it. */
internal class Doing(
    private val action: Action,
    private val server: ActivityCompletionClient,
    private val token: ByteArray,
    private val beat: Duration,
) {
    /** The server wants no more of it. */
    @Volatile
    private var isDropped = false

    /** Until the server has the outcome, or will not have it. Where it is cancelled, somebody else is to begin anew. */
    suspend fun run(): Unit = supervisorScope {
        val work = async(action.context) { action.body() }
        val pulse = launch {
            while (!isDropped) {
                delay(beat)
                isDropped = withContext(Dispatchers.IO) { isUnwanted() }
            }
            work.cancel()
        }
        withContext(NonCancellable) {
            work.join()
            val isStopped = !this@supervisorScope.isActive
            withContext(Dispatchers.IO) { tell(work, isStopped) }
        }
        pulse.cancel()
    }

    private fun isUnwanted(): Boolean = try {
        server.heartbeat<Unit>(token, null)
        false
    } catch (e: ActivityCompletionException) {
        e is ActivityNotExistsException || e is ActivityCanceledException || e.cause is ActivityCanceledException
    }

    private suspend fun tell(work: Deferred<String>, isStopped: Boolean) {
        try {
            when {
                isDropped -> server.reportCancellation<Unit>(token, null)
                isStopped -> server.completeExceptionally(token, Lost.failure("the process was stopped"))
                else -> tell(runCatching { work.await() })
            }
        } catch (_: ActivityCompletionException) {
            // Nobody waits any more, or nothing gets through. The server draws its conclusions from silence.
        }
    }

    private fun tell(outcome: Result<String>) = outcome.fold({ value ->
        try {
            server.complete(token, JsonPayload.of(value))
        } catch (e: ActivityCompletionException) {
            // Such as a value that is too large.
            server.completeExceptionally(token, failureOf(e.cause ?: e))
        }
    }, { error ->
        // An error of the machine, such as OutOfMemoryError, says nothing of the step.
        server.completeExceptionally(token, if (error is Exception) failureOf(error) else Lost.failure("$error"))
    })

    private fun failureOf(error: Throwable) = ApplicationFailure
        .newNonRetryableFailure(error.message, error::class.simpleName ?: "Exception")
        .apply { stackTrace = error.stackTrace }
}
