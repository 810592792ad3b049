package dev.tandem.slf4j

import dev.tandem.platform.ContextCarrier
import org.slf4j.MDC

/**
 * Brings the diagnostic context of logs along to the threads on which a call of the Java layer works. Found by itself. What such a
 * thread puts there is gone when it turns to something else.
 */
public class MdcCarrier : ContextCarrier {
    /** A copy: what is put there later does not come along. */
    override fun capture(): ContextCarrier.Captured = CapturedMdc(MDC.getCopyOfContextMap())

    private class CapturedMdc(private val context: Map<String, String>?) : ContextCarrier.Captured {
        override fun enter(): AutoCloseable {
            val before = MDC.getCopyOfContextMap()
            put(context)
            return AutoCloseable { put(before) }
        }

        /** Not all bindings take null for nothing. */
        private fun put(context: Map<String, String>?) = if (context.isNullOrEmpty()) MDC.clear() else MDC.setContextMap(context)
    }
}
