package dev.tandem.micrometer

import dev.tandem.pipeline.Call
import io.micrometer.core.instrument.Gauge
import io.micrometer.core.instrument.MeterRegistry
import io.micrometer.core.instrument.Tags
import io.micrometer.core.instrument.Timer
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.atomic.AtomicInteger
import kotlin.time.Duration
import kotlin.time.toJavaDuration

/** Of calls as their callers see them, all attempts in one. */
internal class CallMeters(private val registry: MeterRegistry, private val tags: Tags) {
    private val durations = Timer
        .builder("tandem.calls")
        .description("Calls that have ended, with all their attempts")
        .tags(tags)
        .withRegistry(registry)
    private val firstItems = Timer
        .builder("tandem.calls.first.item")
        .description("From the call to the first item of its answer")
        .tags(tags)
        .withRegistry(registry)
    private val active = ConcurrentHashMap<Tags, AtomicInteger>()

    fun started(call: Call<*>) {
        activeOf(call).incrementAndGet()
    }

    fun begun(call: Call<*>, after: Duration) = firstItems.withTags(tagsOf(call)).record(after.toJavaDuration())

    fun ended(call: Call<*>, took: Duration, outcome: String, error: Throwable?) {
        activeOf(call).decrementAndGet()
        durations.withTags(tagsOf(call).and("outcome", outcome).and(errorTag(error))).record(took.toJavaDuration())
    }

    /** A call ends by the name that it started by: what its attempts make of it is theirs. */
    private fun activeOf(call: Call<*>): AtomicInteger = active.computeIfAbsent(tagsOf(call)) { of ->
        AtomicInteger().also {
            Gauge
                .builder("tandem.calls.active", it, AtomicInteger::toDouble)
                .description("Calls under way")
                .tags(tags.and(of))
                .register(registry)
        }
    }
}
