package dev.tandem.platform

import kotlinx.coroutines.ThreadContextElement
import java.util.ServiceLoader
import kotlin.coroutines.AbstractCoroutineContextElement
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.EmptyCoroutineContext

/**
 * Brings what a thread carries, such as a logging context or a trace, along to all threads on which a call works and calls
 * back. The Java layer asks every carrier that is named in `META-INF/services`; coroutines carry their own context.
 */
public interface ContextCarrier {
    /** What this thread carries now. */
    public fun capture(): Captured

    /** What another thread carried. */
    public interface Captured {
        /** Puts it on this thread, from which closing the result takes it away again: what was there before comes back. */
        public fun enter(): AutoCloseable
    }

    /** All carriers that were found. */
    public companion object {
        private val carriers: List<ContextCarrier> by lazy {
            ServiceLoader.load(ContextCarrier::class.java, ContextCarrier::class.java.classLoader).toList()
        }

        /** What this thread carries now, for a coroutine that is started on its behalf. */
        @JvmStatic
        public fun captureAll(): CoroutineContext =
            if (carriers.isEmpty()) EmptyCoroutineContext else CarriedContext(carriers.map { it.capture() })
    }
}

/** Has each thread that works on a coroutine carry [captured] meanwhile. */
private class CarriedContext(private val captured: List<ContextCarrier.Captured>) :
    AbstractCoroutineContextElement(Key),
    ThreadContextElement<List<AutoCloseable>> {
    override fun updateThreadContext(context: CoroutineContext): List<AutoCloseable> = captured.map { it.enter() }

    override fun restoreThreadContext(context: CoroutineContext, oldState: List<AutoCloseable>) =
        oldState.asReversed().forEach { it.close() }

    private companion object Key : CoroutineContext.Key<CarriedContext>
}
