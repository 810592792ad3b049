package dev.tandem.resilience

import dev.tandem.pipeline.CircuitState
import dev.tandem.platform.holding
import dev.tandem.platform.platform
import kotlin.time.Duration
import kotlin.time.TimeMark
import kotlin.time.TimeSource

/** The breaker of one target. */
internal class Breaker(private val settings: CircuitBreaker, private val clock: TimeSource) {
    private val lock = platform.newLock()

    /** Guarded by the lock, as all below: how many failures came in a row while it was closed. */
    private var failures = 0
    private var opened: TimeMark? = null

    /** While it is half open: how many may still go, and how many have to succeed. */
    private var probesLeft = 0
    private var probesNeeded = 0

    /** Calls of an age before say nothing about this one. */
    private var age = 0

    val state: CircuitState get() = lock.holding { stateNow() }

    /** How long it stays open, or null with a pass to hand back in [ended]. */
    fun enter(): Entry = lock.holding {
        when (stateNow()) {
            CircuitState.CLOSED -> Entry(age)

            CircuitState.OPEN -> Entry(age, openFor = pauseLeft())

            CircuitState.HALF_OPEN -> if (probesLeft >
                0
            ) {
                Entry(age, isProbe = true).also { probesLeft-- }
            } else {
                Entry(age, openFor = Duration.ZERO)
            }
        }
    }

    /** [isGood] null where the outcome says nothing about the target. True when this has changed the state. */
    fun ended(entry: Entry, isGood: Boolean?): Boolean = lock.holding {
        if (entry.age != age) return false
        val isProbe = opened != null
        when {
            isGood == null -> false.also { if (isProbe) probesLeft++ }
            !isGood -> (isProbe || ++failures >= settings.failures).also { if (it) open() }
            isProbe -> (--probesNeeded == 0).also { if (it) close() else probesLeft++ }
            else -> false.also { failures = 0 }
        }
    }

    private fun stateNow(): CircuitState {
        if (opened == null) return CircuitState.CLOSED
        return if (pauseLeft().isPositive()) CircuitState.OPEN else CircuitState.HALF_OPEN
    }

    private fun pauseLeft(): Duration = opened?.let { settings.pause - it.elapsedNow() } ?: Duration.ZERO

    private fun open() {
        age++
        opened = clock.markNow()
        probesLeft = settings.probes
        probesNeeded = settings.probes
    }

    private fun close() {
        age++
        opened = null
        failures = 0
    }

    /** [openFor] null where the call may go. */
    class Entry(val age: Int, val openFor: Duration? = null, val isProbe: Boolean = false)
}
