package dev.tandem.restate

import dev.restate.sdk.common.DurablePromiseKey
import dev.restate.sdk.kotlin.DurableFuture
import dev.restate.sdk.kotlin.SharedWorkflowContext
import kotlin.time.Duration.Companion.milliseconds

internal class RestateJournal(private val context: SharedWorkflowContext) : Journal {
    override suspend fun step(name: String, action: suspend () -> String): Journal.Entry =
        Kept(context.runAsync(JsonText, name, null, action)) { it }

    override suspend fun timer(name: String, millis: Long): Journal.Entry = Kept(context.timer(millis.milliseconds, name)) { "" }

    override suspend fun answer(name: String): Journal.Entry = Kept(context.promise(DurablePromiseKey.of(name, JsonText)).future()) { it }

    override suspend fun first(entries: List<Journal.Entry>): Int = DurableFuture.any(entries.map { (it as Kept<*>).future }).await()

    private class Kept<T>(val future: DurableFuture<T>, private val text: (T) -> String) : Journal.Entry {
        override suspend fun value(): String = text(future.await())
    }
}
