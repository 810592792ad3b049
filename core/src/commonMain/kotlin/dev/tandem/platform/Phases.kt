package dev.tandem.platform

import io.ktor.util.AttributeKey
import kotlin.jvm.JvmSynthetic

/**
 * How far an exchange has come before its head, so that the right timer runs. An engine that knows finds it in an
 * [EngineRequest], or among the attributes of Ktor's, and tells; one that does not leaves it at [Phase.WAITING].
 */
public class Phases internal constructor(private val told: (Phase) -> Unit) {
    /** What an exchange can be busy with. */
    public enum class Phase {
        /** Until the connection is open, TLS included. */
        CONNECTING,

        /** Until the last byte of the request is out. */
        WRITING,

        /** Until the head of the answer is there. */
        WAITING,
    }

    /** From any thread, as often as you like. */
    public fun enter(phase: Phase): Unit = told(phase)

    public companion object {
        /** The name under which a request carries it: an engine's key is `AttributeKey<Phases>(Phases.ATTRIBUTE)`. */
        public const val ATTRIBUTE: String = "tandem.phases"

        @get:JvmSynthetic
        internal val KEY: AttributeKey<Phases> = AttributeKey(ATTRIBUTE)
    }
}
