package dev.tandem.resilience

import kotlin.concurrent.atomics.AtomicLong
import kotlin.concurrent.atomics.ExperimentalAtomicApi
import kotlin.math.roundToLong

/** What a client may still make besides its calls: each of those pays in so much, and each one besides costs one. */
@OptIn(ExperimentalAtomicApi::class)
internal class Share(perCall: Double) {
    /** In thousandths. */
    private val balance = AtomicLong(if (perCall > 0) RESERVE else 0)
    private val deposit = (perCall * ONE).coerceAtMost(MOST.toDouble()).roundToLong()

    fun called() = change { (it + deposit).coerceAtMost(MOST) }

    /** False when there is nothing left. */
    fun spend(): Boolean = change { if (it < ONE) it else it - ONE }

    private inline fun change(next: (Long) -> Long): Boolean {
        while (true) {
            val before = balance.load()
            val after = next(before)
            if (after == before) return false
            if (balance.compareAndSet(before, after)) return true
        }
    }

    private companion object {
        const val ONE = 1_000L

        /** A client that has only begun may have bad luck, too. */
        const val RESERVE = 10 * ONE
        const val MOST = 100 * ONE
    }
}
