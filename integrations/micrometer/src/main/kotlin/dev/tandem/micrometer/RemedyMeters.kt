package dev.tandem.micrometer

import dev.tandem.pipeline.Call
import dev.tandem.pipeline.CallEvent
import io.micrometer.core.instrument.Counter
import io.micrometer.core.instrument.Meter.MeterProvider
import io.micrometer.core.instrument.MeterRegistry
import io.micrometer.core.instrument.Tags
import io.micrometer.core.instrument.Timer
import kotlin.time.toJavaDuration

/** Of what was done to have a call answered, or without being asked of a provider. */
internal class RemedyMeters(private val registry: MeterRegistry, private val tags: Tags) {
    private val retries = counter("tandem.retries", "Attempts that were made again after a failure")
    private val hedges = counter("tandem.hedges", "Calls that took long and were made once more beside themselves")
    private val fallbacks = counter("tandem.fallbacks", "Calls that went on to another provider")
    private val hits = counter("tandem.cache.hits", "Calls answered by the cache")
    private val cacheFailures = counter("tandem.cache.failures", "Calls that had to go on without the cache")
    private val notShared = counter("tandem.limits.not.shared", "Calls that went by this client's own limits")
    private val waits = Timer
        .builder("tandem.waits")
        .description("How long calls waited for their turn")
        .tags(tags)
        .withRegistry(registry)

    fun count(call: Call<*>, event: CallEvent) {
        when (event) {
            is CallEvent.Retrying -> retries.add(tagsOf(call).and(errorTag(event.error)))
            is CallEvent.Hedged -> hedges.add(tagsOf(call))
            is CallEvent.FellBack -> fallbacks.add(Tags.of("from", event.from, "to", event.to).and(errorTag(event.error)))
            is CallEvent.CacheHit -> hits.add(tagsOf(call))
            is CallEvent.CacheFailed -> cacheFailures.add(tagsOf(call).and(errorTag(event.error)))
            is CallEvent.LimitsNotShared -> notShared.add(tagsOf(call).and(errorTag(event.error)))
            is CallEvent.Waited -> waits.withTags(tagsOf(call)).record(event.time.toJavaDuration())
            else -> Unit
        }
    }

    private fun counter(name: String, description: String) = Counter
        .builder(name)
        .description(description)
        .tags(tags)
        .withRegistry(registry)

    private fun MeterProvider<Counter>.add(tags: Tags) = withTags(tags).increment()
}
