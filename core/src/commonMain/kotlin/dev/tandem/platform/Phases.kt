package dev.tandem.platform

import io.ktor.util.AttributeKey
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow

/**
 * How far an exchange has come before its head. An engine that knows tells; one that does not (a user's own) leaves it at
 * [Phase.WAITING].
 */
internal class Phases {
    enum class Phase { CONNECTING, WRITING, WAITING }

    private val state = MutableStateFlow(Phase.WAITING)

    val current: StateFlow<Phase> get() = state

    fun enter(phase: Phase) {
        state.value = phase
    }

    companion object {
        /** Where a request carries it. */
        val KEY: AttributeKey<Phases> = AttributeKey("tandem.phases")
    }
}
