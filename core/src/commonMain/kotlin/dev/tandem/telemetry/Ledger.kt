package dev.tandem.telemetry

import dev.tandem.model.Usage
import dev.tandem.pipeline.CircuitState
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

    /** [first] null where nothing came. */
    fun ended(outcome: Outcome, took: Duration, first: Duration?, usage: Usage) {
        inFlight.decrementAndFetch()
        page.load().book(outcome, took, first, usage)
    }

    fun reset() = page.store(Page(clock.markNow()))

    /** [circuit] null where there is no breaker. */
    fun read(circuit: CircuitState?): Stats = page.load().read(inFlight.load(), circuit ?: CircuitState.CLOSED)

    enum class Outcome { SUCCESS, FAILURE, CANCELLED }

    private class Page(private val since: TimeMark) {
        private val counts = Outcome.entries.associateWith { AtomicLong(0) }
        private val latencies = Histogram()
        private val latencySumNanos = AtomicLong(0)
        private val firstItems = Histogram()

        /** Of successful calls, as [speakingNanos]: what they took from their first item to the last. */
        private val spokenTokens = AtomicLong(0)
        private val speakingNanos = AtomicLong(0)
        private val inputTokens = AtomicLong(0)
        private val outputTokens = AtomicLong(0)

        fun book(outcome: Outcome, took: Duration, first: Duration?, usage: Usage) {
            counts.getValue(outcome).incrementAndFetch()
            if (outcome == Outcome.SUCCESS) {
                latencies.add(took)
                latencySumNanos += took.inWholeNanoseconds
                if (first != null) firstItems.add(first)
                if (usage.outputTokens > 0) spoke(usage.outputTokens, took, first)
            }
            inputTokens += usage.inputTokens
            outputTokens += usage.outputTokens
        }

        private fun spoke(tokens: Long, took: Duration, first: Duration?) {
            spokenTokens += tokens
            // A plain call comes all at once, and was spoken before.
            speakingNanos += (if (first == null || first * 2 > took) took else took - first).inWholeNanoseconds
        }

        fun read(inFlight: Long, circuit: CircuitState): Stats {
            val successful = counts.getValue(Outcome.SUCCESS).load()
            return Stats(
                successful = successful,
                failed = counts.getValue(Outcome.FAILURE).load(),
                cancelled = counts.getValue(Outcome.CANCELLED).load(),
                inFlight = inFlight,
                averageLatencyMillis = if (successful == 0L) 0.0 else latencySumNanos.load() / 1e6 / successful,
                p50LatencyMillis = latencies.millis(0.50),
                p95LatencyMillis = latencies.millis(0.95),
                p99LatencyMillis = latencies.millis(0.99),
                p50FirstItemMillis = firstItems.millis(0.50),
                p95FirstItemMillis = firstItems.millis(0.95),
                tokensPerSecond = speakingNanos.load().let { if (it == 0L) 0.0 else spokenTokens.load() * 1e9 / it },
                inputTokens = inputTokens.load(),
                outputTokens = outputTokens.load(),
                uptimeMillis = since.elapsedNow().inWholeMilliseconds,
                circuit = circuit,
            )
        }

        private fun Histogram.millis(share: Double) = percentile(share).toDouble(DurationUnit.MILLISECONDS)
    }
}
