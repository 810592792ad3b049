package dev.tandem.telemetry

import dev.tandem.pipeline.Call
import dev.tandem.pipeline.CallEvent
import kotlin.coroutines.AbstractCoroutineContextElement
import kotlin.coroutines.CoroutineContext

/**
 * Goes along with a coroutine: [listener] hears of the calls that are made in it, by whatever client, besides the client's own
 * listeners. `withContext(CallsWithin(meter)) { ai.generate("…") }`. What Java's views do on a thread of their own is not in it.
 */
public class CallsWithin(private val listener: CallListener) : AbstractCoroutineContextElement(CallsWithin) {
    /** Tells [listeners], and this one as well, neither of whom can harm a call. */
    internal fun tell(listeners: Listeners, call: Call<*>, event: CallEvent) {
        listeners.tell(call, event)
        listeners.tell(listener, call, event)
    }

    public companion object Key : CoroutineContext.Key<CallsWithin>
}
