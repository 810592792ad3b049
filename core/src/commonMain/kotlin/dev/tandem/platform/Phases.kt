package dev.tandem.platform

import io.ktor.util.AttributeKey
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlin.jvm.JvmField
import kotlin.jvm.JvmSynthetic

/**
 * How far an exchange has come before its head, so that the right timer runs. An engine that knows finds it among the
 * attributes of a request and tells; one that does not leaves it at [Phase.WAITING].
 */
public class Phases internal constructor() {
    /** What an exchange can be busy with. */
    public enum class Phase { CONNECTING, WRITING, WAITING }

    private val state = MutableStateFlow(Phase.WAITING)

    @get:JvmSynthetic
    internal val current: StateFlow<Phase> get() = state

    /** From any thread, as often as you like. */
    public fun enter(phase: Phase) {
        state.value = phase
    }

    public companion object {
        /** Where a request carries it. */
        @JvmField public val KEY: AttributeKey<Phases> = AttributeKey("tandem.phases")
    }
}
