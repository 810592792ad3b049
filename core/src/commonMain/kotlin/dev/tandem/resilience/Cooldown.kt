package dev.tandem.resilience

import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/**
 * The time in which a provider wants to hear nothing from us, and the time after: first one request tries, then two, four and
 * so on, since all who waited would drive it away again at once. What went before a refusal says nothing about the time after
 * it. Not for several threads at once.
 */
internal class Cooldown {
    private var until = Long.MIN_VALUE

    /** How many of this age may be under way. */
    private var allowed = MANY
    private var underWay = 0

    /** Each refusal begins another one. */
    private var age = 0

    /** How often in a row it has refused without saying for how long. */
    private var vague = 0

    /** How long after [now] a request may go; [FOREVER] where one has to be answered first. */
    fun waitFor(now: Long): Long = when {
        now < until -> silence(now)
        underWay < allowed -> 0
        else -> FOREVER
    }

    /** How long after [now] it wants to hear nothing. */
    fun silence(now: Long): Long = (until - now).takeIf { now < until } ?: 0

    /** To be told in [answered] or [gaveUp]. */
    fun went(): Int {
        underWay++
        return age
    }

    /** The provider lets a call of that age through. */
    fun answered(age: Int) {
        if (age != this.age) return
        underWay--
        vague = 0
        if (allowed != MANY) allowed = (allowed + 1).takeIf { it < ENOUGH } ?: MANY
    }

    /** It has ended in another way. */
    fun gaveUp(age: Int) {
        if (age == this.age) underWay--
    }

    /**
     * It has refused a call of that age, and wants so much silence, [asked] being null where it does not say. Null where this
     * is news no more: of many that go at once all are refused.
     */
    fun refused(age: Int, asked: Duration?, now: Long): Duration? {
        if (asked == null && age != this.age) return null
        val silence = (asked ?: (FIRST_PAUSE * (1 shl vague++.coerceAtMost(MOST_DOUBLINGS)))).coerceAtMost(LONGEST_PAUSE)
        until = maxOf(until, now + silence.inWholeNanoseconds)
        allowed = 1
        underWay = 0
        this.age++
        return silence
    }

    companion object {
        const val FOREVER = Long.MAX_VALUE
        private const val MANY = Int.MAX_VALUE
        private const val ENOUGH = 64
        private const val MOST_DOUBLINGS = 5
        private val FIRST_PAUSE = 1.seconds

        /** A provider that wants more silence than this gets calls that fail, and says so in them. */
        private val LONGEST_PAUSE = 60.seconds
    }
}
