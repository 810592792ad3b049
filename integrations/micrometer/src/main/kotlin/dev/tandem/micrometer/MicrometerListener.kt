package dev.tandem.micrometer

import dev.tandem.accounting.Prices
import dev.tandem.pipeline.Call
import dev.tandem.pipeline.CallEvent
import dev.tandem.telemetry.CallListener
import io.micrometer.core.instrument.MeterRegistry
import io.micrometer.core.instrument.Tag
import io.micrometer.core.instrument.Tags

/**
 * Meters of calls: how many there are and how they end, how long they take, what they cost, and what was done to have them answered.
 * One listener may serve several clients; `docs/telemetry.md` names its meters.
 *
 * Tags are the provider, the model, the operation, the tool and the type of a failure: as many as there are in the program, and never
 * what is asked or answered.
 */
public class MicrometerListener private constructor(from: Builder) : CallListener {
    private val calls = CallMeters(from.registry, from.tags)
    private val attempts = AttemptMeters(from.registry, from.tags, from.prices)
    private val remedies = RemedyMeters(from.registry, from.tags)
    private val tools = ToolMeters(from.registry, from.tags)
    private val circuits = CircuitMeters(from.registry, from.tags)

    /** Counts and times it, on the thread that brings the event. */
    override fun onEvent(call: Call<*>, event: CallEvent) {
        when (event) {
            is CallEvent.Started -> calls.started(call)
            is CallEvent.FirstItem -> calls.begun(call, event.after)
            is CallEvent.Completed -> calls.ended(call, event.took, "success", null)
            is CallEvent.Failed -> calls.ended(call, event.took, "failure", event.error)
            is CallEvent.Cancelled -> calls.ended(call, event.took, "cancelled", null)
            is CallEvent.Returned -> attempts.returned(call, event)
            is CallEvent.ToolFinished -> tools.finished(call, event)
            is CallEvent.CircuitChanged -> circuits.changed(event)
            else -> remedies.count(call, event)
        }
    }

    /** Where meters are, and what is on them. */
    public class Builder internal constructor(internal val registry: MeterRegistry) {
        internal var tags: Tags = Tags.empty()
            private set
        internal var prices: Prices = Prices.bundled()
            private set

        /** A tag for every meter, such as the name of the client. */
        public fun tag(name: String, value: String): Builder = apply { tags = tags.and(Tag.of(name, value)) }

        /** What tokens cost; those that came with the library unless set. Calls of models without a price are not in the costs. */
        public fun prices(prices: Prices): Builder = apply { this.prices = prices }

        /** What is set later does not change it. */
        public fun build(): MicrometerListener = MicrometerListener(this)
    }

    public companion object {
        /** With meters in [registry], no further tags, and the prices that came with the library. */
        @JvmStatic
        public fun of(registry: MeterRegistry): MicrometerListener = builder(registry).build()

        /** Begins without further tags. */
        @JvmStatic
        public fun builder(registry: MeterRegistry): Builder = Builder(registry)
    }
}
