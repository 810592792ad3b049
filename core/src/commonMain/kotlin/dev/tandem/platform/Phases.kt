package dev.tandem.platform

import io.ktor.util.AttributeKey
import kotlinx.coroutines.CancellableContinuation
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlin.concurrent.atomics.AtomicReference
import kotlin.concurrent.atomics.ExperimentalAtomicApi
import kotlin.coroutines.resume
import kotlin.jvm.JvmSynthetic

/**
 * How far an exchange has come before its head, so that the right timer runs. An engine that knows finds it among the
 * attributes of a request and tells; one that does not leaves it at [Phase.WAITING].
 */
@OptIn(ExperimentalAtomicApi::class)
public class Phases internal constructor() {
    /** What an exchange can be busy with. */
    public enum class Phase { CONNECTING, WRITING, WAITING }

    private val now = AtomicReference(Phase.WAITING)
    private val waiter = AtomicReference<CancellableContinuation<Unit>?>(null)

    @get:JvmSynthetic
    internal val current: Phase get() = now.load()

    /** From any thread, as often as you like. */
    public fun enter(phase: Phase) {
        if (now.exchange(phase) != phase) waiter.exchange(null)?.resume(Unit)
    }

    /** Comes back when [phase] is over. For one coroutine. */
    @JvmSynthetic
    internal suspend fun awaitEndOf(phase: Phase) {
        while (current == phase) {
            suspendCancellableCoroutine { continuation ->
                waiter.store(continuation)
                if (current != phase) waiter.exchange(null)?.resume(Unit)
            }
        }
    }

    public companion object {
        /** The name under which a request carries it: an engine's key is `AttributeKey<Phases>(Phases.ATTRIBUTE)`. */
        public const val ATTRIBUTE: String = "tandem.phases"

        @get:JvmSynthetic
        internal val KEY: AttributeKey<Phases> = AttributeKey(ATTRIBUTE)
    }
}
