package dev.tandem.platform

import dev.tandem.platform.Phases.Phase
import kotlinx.coroutines.ThreadContextElement
import okhttp3.Call
import okhttp3.Connection
import okhttp3.EventListener
import okhttp3.Request
import java.io.IOException
import kotlin.coroutines.AbstractCoroutineContextElement
import kotlin.coroutines.CoroutineContext

/** Brings the [phases] of an exchange to the OkHttp call that is made in its coroutine; there is no other way through Ktor. */
internal class CallPhases(private val phases: Phases) :
    AbstractCoroutineContextElement(CallPhases),
    ThreadContextElement<Phases?> {
    override fun updateThreadContext(context: CoroutineContext): Phases? = CURRENT.get().also { CURRENT.set(phases) }

    override fun restoreThreadContext(context: CoroutineContext, oldState: Phases?) =
        if (oldState == null) CURRENT.remove() else CURRENT.set(oldState)

    /** Passes on what OkHttp says about one call. */
    private class Listener(private val phases: Phases) : EventListener() {
        override fun callStart(call: Call) = phases.enter(Phase.CONNECTING)

        override fun connectionAcquired(call: Call, connection: Connection) = phases.enter(Phase.WRITING)

        override fun requestHeadersEnd(call: Call, request: Request) {
            if (request.body == null) phases.enter(Phase.WAITING)
        }

        override fun requestBodyEnd(call: Call, byteCount: Long) = phases.enter(Phase.WAITING)

        // The connection had gone stale: another is made.
        override fun requestFailed(call: Call, ioe: IOException) = phases.enter(Phase.CONNECTING)

        override fun responseFailed(call: Call, ioe: IOException) = phases.enter(Phase.CONNECTING)
    }

    companion object : CoroutineContext.Key<CallPhases> {
        private val CURRENT = ThreadLocal<Phases?>()

        /** For the call that is made on this thread just now. */
        fun listener(): EventListener = CURRENT.get()?.let(::Listener) ?: EventListener.NONE
    }
}
