package dev.tandem.resilience

import kotlin.jvm.JvmSynthetic
import kotlin.time.Duration

/** How many calls are under way, and how many may be. Not for several threads at once. See [Concurrency.newSlots]. */
public class Slots internal constructor(private val concurrency: Concurrency?) {
    private var taken = 0

    /** Grows by parts of one. */
    private var allowed = concurrency?.first?.toDouble() ?: Double.MAX_VALUE
    private val isAdaptive = concurrency != null && concurrency.fixed == null

    /** What calls have taken for long, and what they take now: answers differ in length, so no single one tells. */
    private var usual = 0.0
    private var lately = 0.0
    private var seen = 0L

    /** Calls that were begun before the last cut say nothing about what came after it. */
    private var cuts = 0

    /** Whether one more may go now; [take] does not ask. */
    public val isFree: Boolean get() = taken < allowed.toLong()

    /** Takes one, free or not. What comes back goes into [giveBack] with it. */
    public fun take(): Int {
        taken++
        return cuts
    }

    /** [cutsBefore] is what [take] gave; [took] until the provider began to answer, null where it did not. */
    @JvmSynthetic
    public fun giveBack(cutsBefore: Int, took: Duration?, wasRefused: Boolean) {
        val wasFull = taken + 1 > allowed
        taken--
        if (!isAdaptive || concurrency == null || cutsBefore != cuts) return
        val isSlow = took != null && isSlow(took)
        when {
            wasRefused -> cut(REFUSED)
            isSlow -> cut(SLOW)
            took != null && wasFull -> allowed = (allowed + 1 / allowed).coerceAtMost(concurrency.most.toDouble())
        }
    }

    private fun isSlow(took: Duration): Boolean {
        seen++
        val millis = (took.inWholeMicroseconds / 1e3).coerceAtMost(if (seen > ENOUGH) usual * EXCEPTION else Double.MAX_VALUE)
        usual += (millis - usual) * maxOf(LONG, 1.0 / seen)
        lately += (millis - lately) * maxOf(SHORT, 1.0 / seen)
        return seen > ENOUGH && lately > usual * MUCH_SLOWER
    }

    private fun cut(share: Double) {
        allowed = (allowed * share).coerceAtLeast(1.0)
        cuts++
    }

    private companion object {
        const val REFUSED = 0.67
        const val SLOW = 0.9
        const val ENOUGH = 20
        const val LONG = 0.01
        const val SHORT = 0.2
        const val MUCH_SLOWER = 2.0

        /** A single one that takes longer than this counts as this. */
        const val EXCEPTION = 4.0
    }
}
