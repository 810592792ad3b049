package dev.tandem.telemetry

import kotlin.coroutines.AbstractCoroutineContextElement
import kotlin.coroutines.CoroutineContext

/**
 * Goes along with a coroutine: [listener] hears of the calls that are made in it, by whatever client, besides the client's own
 * listeners. `withContext(CallsWithin(meter)) { ai.generate("…") }`. What Java's views do on a thread of their own is not in it.
 */
public class CallsWithin(internal val listener: CallListener) : AbstractCoroutineContextElement(CallsWithin) {
    /** By this a coroutine's context has it. */
    public companion object Key : CoroutineContext.Key<CallsWithin>
}
