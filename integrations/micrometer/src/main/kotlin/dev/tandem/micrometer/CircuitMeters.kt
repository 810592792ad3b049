package dev.tandem.micrometer

import dev.tandem.pipeline.CallEvent
import dev.tandem.pipeline.CircuitState
import io.micrometer.core.instrument.Counter
import io.micrometer.core.instrument.Gauge
import io.micrometer.core.instrument.MeterRegistry
import io.micrometer.core.instrument.Tags
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.atomic.AtomicInteger

/** Of the circuit breakers of providers, from their first change on. */
internal class CircuitMeters(private val registry: MeterRegistry, private val tags: Tags) {
    private val changes = Counter
        .builder("tandem.circuit.changes")
        .description("How often a provider was found to be failing, tried again, or well again")
        .tags(tags)
        .withRegistry(registry)
    private val states = ConcurrentHashMap<String, AtomicInteger>()

    fun changed(event: CallEvent.CircuitChanged) {
        stateOf(event.target).set(valueOf(event.state))
        changes.withTags("provider", event.target, "state", event.state.name.lowercase()).increment()
    }

    private fun stateOf(provider: String): AtomicInteger = states.computeIfAbsent(provider) {
        AtomicInteger().also { state ->
            Gauge
                .builder("tandem.circuit", state, AtomicInteger::toDouble)
                .description("0 all is well, 1 some calls are let through, 2 nothing is sent")
                .tags(tags.and("provider", provider))
                .register(registry)
        }
    }

    private fun valueOf(state: CircuitState) = when (state) {
        CircuitState.CLOSED -> 0
        CircuitState.HALF_OPEN -> 1
        CircuitState.OPEN -> 2
    }
}
