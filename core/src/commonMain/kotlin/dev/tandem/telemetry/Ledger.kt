package dev.tandem.telemetry

import dev.tandem.model.Usage
import kotlin.concurrent.atomics.AtomicLong
import kotlin.concurrent.atomics.AtomicReference
import kotlin.concurrent.atomics.ExperimentalAtomicApi
import kotlin.concurrent.atomics.decrementAndFetch
import kotlin.concurrent.atomics.incrementAndFetch
import kotlin.concurrent.atomics.plusAssign
import kotlin.time.Duration
import kotlin.time.DurationUnit
import kotlin.time.TimeMark
import kotlin.time.TimeSource

/** The running figures behind [Stats]. A reset starts a new page; calls under way are booked on the page they end on. */
@OptIn(ExperimentalAtomicApi::class)
internal class Ledger(private val clock: TimeSource) {
    private val inFlight = AtomicLong(0)
    private val page = AtomicReference(Page(clock.markNow()))

    fun started() {
        inFlight.incrementAndFetch()
    }

    fun ended(outcome: Outcome, took: Duration, usage: Usage) {
        inFlight.decrementAndFetch()
        page.load().book(outcome, took, usage)
    }

    fun reset() = page.store(Page(clock.markNow()))

    fun read(): Stats = page.load().read(inFlight.load())

    enum class Outcome { SUCCESS, FAILURE, CANCELLED }

    private class Page(private val since: TimeMark) {
        private val counts = Outcome.entries.associateWith { AtomicLong(0) }
        private val latencies = Histogram()
        private val latencySumNanos = AtomicLong(0)
        private val inputTokens = AtomicLong(0)
        private val outputTokens = AtomicLong(0)

        fun book(outcome: Outcome, took: Duration, usage: Usage) {
            counts.getValue(outcome).incrementAndFetch()
            if (outcome == Outcome.SUCCESS) {
                latencies.add(took)
                latencySumNanos += took.inWholeNanoseconds
            }
            inputTokens += usage.inputTokens
            outputTokens += usage.outputTokens
        }

        fun read(inFlight: Long): Stats {
            val successful = counts.getValue(Outcome.SUCCESS).load()
            return Stats(
                successful = successful,
                failed = counts.getValue(Outcome.FAILURE).load(),
                cancelled = counts.getValue(Outcome.CANCELLED).load(),
                inFlight = inFlight,
                averageLatencyMillis = if (successful == 0L) 0.0 else latencySumNanos.load() / 1e6 / successful,
                p50LatencyMillis = percentile(0.50),
                p95LatencyMillis = percentile(0.95),
                p99LatencyMillis = percentile(0.99),
                inputTokens = inputTokens.load(),
                outputTokens = outputTokens.load(),
                uptimeMillis = since.elapsedNow().inWholeMilliseconds,
            )
        }

        private fun percentile(share: Double) = latencies.percentile(share).toDouble(DurationUnit.MILLISECONDS)
    }
}
