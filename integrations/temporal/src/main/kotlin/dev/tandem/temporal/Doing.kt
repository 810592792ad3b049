package dev.tandem.temporal

import io.temporal.activity.ManualActivityCompletionClient
import io.temporal.client.ActivityCanceledException
import io.temporal.client.ActivityCompletionException
import io.temporal.client.ActivityNotExistsException
import io.temporal.failure.ApplicationFailure
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.async
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.supervisorScope
import kotlinx.coroutines.withContext
import kotlin.time.Duration

/** One run of an [action], of which [server] hears every [beat] that it is still at it, and in the end what came of it. */
internal class Doing(private val action: Action, private val server: ManualActivityCompletionClient, private val beat: Duration) {
    private enum class Word { GO_ON, CANCEL, FORGET }

    @Volatile
    private var word = Word.GO_ON

    suspend fun run() {
        var isStopped = false
        val outcome = try {
            supervisorScope {
                val work = async(action.context) { action.body() }
                val pulse = launch {
                    word = pulse()
                    work.cancel()
                }
                try {
                    Result.success(work.await())
                } catch (e: Throwable) {
                    Result.failure(e)
                } finally {
                    pulse.cancel()
                }
            }
        } catch (e: CancellationException) {
            isStopped = true
            Result.failure(e)
        }
        withContext(NonCancellable + Dispatchers.IO) {
            try {
                outcome.fold({ server.complete(JsonPayload.of(it)) }, { failed(it, isStopped) })
            } catch (_: ActivityNotExistsException) {
                // Nobody waits any more.
            } catch (e: ActivityCompletionException) {
                // Such as a value that is too large. Where nothing gets through, the silence will tell.
                runCatching { server.fail(failureOf(e.cause ?: e)) }
            }
        }
    }

    /** Until the server wants no more of it. */
    private suspend fun pulse(): Word {
        while (true) {
            delay(beat)
            val said = withContext(Dispatchers.IO) { beat() }
            if (said != Word.GO_ON) return said
        }
    }

    private fun beat(): Word = try {
        server.recordHeartbeat(null)
        Word.GO_ON
    } catch (_: ActivityNotExistsException) {
        Word.FORGET
    } catch (e: ActivityCompletionException) {
        if (e is ActivityCanceledException || e.cause is ActivityCanceledException) Word.CANCEL else Word.GO_ON
    }

    private fun failed(error: Throwable, isStopped: Boolean) = when {
        word == Word.CANCEL -> server.reportCancellation(null)
        word == Word.FORGET -> Unit
        isStopped -> server.fail(Lost.failure("the process was stopped"))
        error is Exception -> server.fail(failureOf(error))
        // Of the machine, such as OutOfMemoryError: that says nothing of the step.
        else -> server.fail(Lost.failure("$error"))
    }

    private fun failureOf(error: Throwable) =
        ApplicationFailure.newNonRetryableFailure(error.message, error::class.simpleName ?: "Exception").apply { stackTrace = error.stackTrace }
}
