package dev.tandem.opentelemetry

import dev.tandem.platform.ContextCarrier
import io.opentelemetry.context.Context

/** Brings the current span and baggage along to the threads on which a call of the Java layer works. Found by itself. */
public class OpenTelemetryCarrier : ContextCarrier {
    /** The span and the baggage that are current now. */
    override fun capture(): ContextCarrier.Captured = CapturedContext(Context.current())

    private class CapturedContext(private val context: Context) : ContextCarrier.Captured {
        override fun enter(): AutoCloseable = context.makeCurrent()
    }
}
