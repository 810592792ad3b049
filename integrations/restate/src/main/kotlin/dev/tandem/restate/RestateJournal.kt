package dev.tandem.restate

import dev.restate.sdk.common.DurablePromiseKey
import dev.restate.sdk.common.TerminalException
import dev.restate.sdk.kotlin.DurableFuture
import dev.restate.sdk.kotlin.SharedWorkflowContext
import dev.tandem.workflow.replay.Journal
import dev.tandem.workflow.replay.RunCancelledException
import kotlin.coroutines.CoroutineContext
import kotlin.time.Duration.Companion.milliseconds

internal class RestateJournal(private val context: SharedWorkflowContext) : Journal {
    override suspend fun step(name: String, context: CoroutineContext, action: suspend () -> String): Journal.Entry {
        val act = Action(context, action)
        return Kept(this.context.runAsync(JsonText, name, null, act::run), { it }, name, act)
    }

    override suspend fun timer(name: String, millis: Long): Journal.Entry = Kept(context.timer(millis.milliseconds, name), { "" }, name)

    override suspend fun answer(name: String): Journal.Entry =
        Kept(context.promise(DurablePromiseKey.of(name, JsonText)).future(), { it }, name)

    override suspend fun first(entries: List<Journal.Entry>): Int = try {
        DurableFuture.any(entries.map { (it as Kept<*>).future }).await()
    } catch (e: TerminalException) {
        throw RunCancelledException(e)
    }

    override fun isFinal(error: Throwable): Boolean = error is TerminalException

    override fun final(error: Exception): Exception = Failure.final(error)

    private class Kept<T>(
        val future: DurableFuture<T>,
        private val text: (T) -> String,
        private val name: String,
        private val action: Action? = null,
    ) : Journal.Entry {
        override suspend fun value(): String = try {
            text(future.await())
        } catch (e: TerminalException) {
            throw Failure.ofStep(name, e)
        }

        override fun drop(retried: Throwable?) {
            action?.drop(retried)
        }
    }
}
