package dev.tandem.micrometer

import dev.tandem.accounting.Prices
import dev.tandem.model.Usage
import dev.tandem.pipeline.Call
import dev.tandem.pipeline.CallEvent
import io.micrometer.core.instrument.Counter
import io.micrometer.core.instrument.MeterRegistry
import io.micrometer.core.instrument.Tags
import io.micrometer.core.instrument.Timer
import kotlinx.coroutines.CancellationException
import kotlin.time.toJavaDuration

/** Of requests that were sent: each is booked, and paid for, with whoever was asked. */
internal class AttemptMeters(registry: MeterRegistry, tags: Tags, private val prices: Prices) {
    private val durations = Timer
        .builder("tandem.attempts")
        .description("Requests that were sent: one for each attempt, hedge and fallback")
        .tags(tags)
        .withRegistry(registry)
    private val tokens = Counter
        .builder("tandem.tokens")
        .description("Tokens as the provider counted them")
        .baseUnit("tokens")
        .tags(tags)
        .withRegistry(registry)
    private val details = Counter
        .builder("tandem.tokens.detail")
        .description("Tokens that are among those of tandem.tokens, and may have another price")
        .baseUnit("tokens")
        .tags(tags)
        .withRegistry(registry)
    private val cost = Counter
        .builder("tandem.cost")
        .description("What attempts have cost, as far as the prices of their models are known")
        .baseUnit("usd")
        .tags(tags)
        .withRegistry(registry)

    fun returned(call: Call<*>, event: CallEvent.Returned) {
        val who = tagsOf(call)
        val error = event.error
        val outcome = when (error) {
            null -> "success"
            is CancellationException -> "cancelled"
            else -> "failure"
        }
        val failure = error?.takeUnless { it is CancellationException }
        val isHedge = Tags.of("hedge", call.isHedge.toString())
        durations.withTags(who.and("outcome", outcome).and(errorTag(failure)).and(isHedge)).record(event.took.toJavaDuration())
        if (event.usage.totalTokens > 0) used(call, who, event.usage)
    }

    private fun used(call: Call<*>, who: Tags, usage: Usage) {
        tokens.withTags(who.and("type", "input")).increment(usage.inputTokens.toDouble())
        tokens.withTags(who.and("type", "output")).increment(usage.outputTokens.toDouble())
        detail(who, "cached_input", usage.cachedInputTokens)
        detail(who, "cache_write_input", usage.cacheWriteInputTokens)
        detail(who, "reasoning", usage.reasoningTokens)
        val price = prices.of(
            call.target.name,
            call.request.options.model
                .orEmpty(),
        ) ?: return
        cost.withTags(who).increment(price.of(usage))
    }

    private fun detail(who: Tags, type: String, count: Long) {
        if (count > 0) details.withTags(who.and("type", type)).increment(count.toDouble())
    }
}
