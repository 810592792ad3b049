package dev.tandem.telemetry

import dev.tandem.pipeline.Call
import dev.tandem.pipeline.CallEvent

/** All listeners of a client. None of them can harm a call, or another listener. */
internal class Listeners(private val listeners: List<CallListener>) {
    /** How to tell all of them; null where there is nobody. */
    fun teller(): ((Call<*>, CallEvent) -> Unit)? = if (listeners.isEmpty()) null else ::tell

    private fun tell(call: Call<*>, event: CallEvent) {
        for (listener in listeners) tell(listener, call, event)
    }

    /** These, and whoever listens to calls [within] a coroutine. */
    fun with(within: CallsWithin?): Listeners = if (within == null) this else Listeners(listeners + within.listener)

    private fun tell(listener: CallListener, call: Call<*>, event: CallEvent) {
        try {
            listener.onEvent(call, event)
        } catch (e: Throwable) {
            if (e is Error) throw e
        }
    }
}
