package dev.tandem.resilience

import dev.tandem.model.RateLimits
import dev.tandem.platform.holding
import dev.tandem.platform.platform
import dev.tandem.resilience.Cooldown.Companion.FOREVER
import kotlin.time.ComparableTimeMark
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.nanoseconds
import kotlin.time.TimeSource

/**
 * The way to one model. A call goes when its rates, its slots and the provider's own wish for silence let it, all in one: with
 * one after the other, a call would hold a slot while it waits for its rate, or be counted a minute before it is sent. Calls
 * go in the order they came. Whoever waits holds nothing but a place, and may leave it.
 */
internal class Gate(limit: RateLimit, concurrency: Concurrency?, clock: TimeSource.WithComparableMarks) {
    private val lock = platform.newLock()
    private val opened: ComparableTimeMark = clock.markNow()

    /** Guarded by the lock, as all below. */
    private val line = ArrayDeque<Place>()
    private val rates = Rates(limit)
    private val slots = Slots(concurrency)
    private val cooldown = Cooldown()
    private val requestsLeft = Allowance()
    private val tokensLeft = Allowance()

    /** For whoever comes next; null when something else than that has happened since. */
    private var forecast: Forecast? = null

    /** How many calls wait. */
    val waiting: Int get() = lock.holding { line.size }

    /**
     * Comes back when a request of so many tokens may go; null as soon as it is clear that it could not within [patience]. Who
     * comes first also has to [ask] others, and holds no slot meanwhile.
     */
    suspend fun enter(tokens: Long, patience: Duration?, ask: (suspend (tokens: Long) -> SharedTurn)? = null): Pass? {
        val most = tokens.coerceAtMost(rates.mostTokens)
        val place = lock.holding {
            if (ask == null && line.isEmpty() && waitOf(most) == 0L) return go(most)
            val now = now
            val place = Place(most, endOf(patience, now))
            if (place.end == FOREVER) {
                forecast?.next(most)
            } else if (!fits(place, now)) {
                return null
            }
            place.also { line += it }
        }
        return try {
            moveUp(place, ask)
        } catch (e: Throwable) {
            lock.holding { leave(place) }?.call()
            throw e
        }
    }

    private suspend fun moveUp(place: Place, ask: (suspend (tokens: Long) -> SharedTurn)?): Pass? {
        var mustAsk = ask
        var askAt = 0L
        while (true) {
            var pass: Pass? = null
            var isOver = false
            var next: Place? = null
            val wait = lock.holding {
                val now = now
                val wait = if (line.first() === place) maxOf(waitOf(place.tokens), askAt - now) else FOREVER
                isOver = (if (wait == FOREVER) cooldown.silence(now) else wait) > place.end - now
                if (wait == 0L && mustAsk == null) pass = go(place.tokens)
                if (isOver || pass != null) next = leave(place)
                wait
            }
            next?.call()
            if (isOver || pass != null) return pass
            val turn = if (wait == 0L) mustAsk?.invoke(place.tokens) else null
            when {
                turn == null -> place.await(wait)
                turn.isGranted -> mustAsk = null
                else -> askAt = now + turn.waitMillis.milliseconds.inWholeNanoseconds
            }
        }
    }

    /** Gives back who has to look now. He is called without the lock: on some dispatchers he goes on in the midst of the call. */
    private fun leave(place: Place): Place? {
        val wasFirst = line.firstOrNull() === place
        line.remove(place)
        forecast = null
        return if (wasFirst) line.firstOrNull() else null
    }

    /** What the provider says is left. */
    fun heard(limits: RateLimits): Unit = lock.holding {
        val now = now
        limits.requests?.let { requestsLeft.heard(it, now) }
        limits.tokens?.let { tokensLeft.heard(it, now) }
        forecast = null
    }

    private val now: Long get() = opened.elapsedNow().inWholeNanoseconds

    private fun waitOf(tokens: Long): Long {
        val now = now
        val wait = cooldown.waitFor(now)
        if (wait > 0) return wait
        if (!slots.isFree) return FOREVER
        return maxOf(rates.waitFor(tokens, now), allowanceOf(tokens, now))
    }

    private fun allowanceOf(tokens: Long, now: Long) = maxOf(requestsLeft.waitFor(1, now), tokensLeft.waitFor(tokens, now))

    private fun endOf(patience: Duration?, now: Long) =
        patience?.inWholeNanoseconds?.let { now + it.coerceAtMost(FOREVER - now) } ?: FOREVER

    private fun fits(place: Place, now: Long) = (forecast(now).next(place.tokens) <= place.end).also { if (!it) forecast = null }

    /** Behind all who are in the line. */
    private fun forecast(now: Long): Forecast = forecast ?: Forecast(rates.copy(), now + firstWait(now)).also { made ->
        line.forEach { made.next(it.tokens) }
        forecast = made
    }

    private fun firstWait(now: Long) = maxOf(cooldown.silence(now), allowanceOf(line.firstOrNull()?.tokens ?: 1, now))

    private fun go(tokens: Long): Pass {
        val now = now
        requestsLeft.went(1, now)
        tokensLeft.went(tokens, now)
        forecast = null
        return Pass(rates.grant(tokens, now), slots.take(), cooldown.went(), now)
    }

    /** A call that is under way. To be ended once. */
    inner class Pass(private val grant: Window.Grant?, private val cuts: Int, private val age: Int, private val began: Long) {
        private var took: Duration? = null

        /** The first item has come; how long the rest takes may be up to whoever reads it. */
        fun answered() {
            val next = lock.holding {
                if (took != null) return
                took = (now - began).nanoseconds
                cooldown.answered(age)
                line.firstOrNull()
            }
            next?.call()
        }

        /** The provider has refused it, and wants so much silence. Gives back how much it gets; null if that was known. */
        fun refused(asked: Duration?): Duration? {
            var waiting = emptyList<Place>()
            val silence = lock.holding {
                forecast = null
                waiting = line.toList()
                cooldown.refused(age, asked, now)
            }
            waiting.forEach(Place::call)
            return silence
        }

        /** [tokens] null where nobody knows how many there were. */
        fun end(tokens: Long?, wasRefused: Boolean) {
            val next = lock.holding {
                if (tokens != null && grant != null) rates.correct(grant, tokens, now)
                if (took == null) cooldown.gaveUp(age)
                slots.giveBack(cuts, took, wasRefused)
                forecast = null
                line.firstOrNull()
            }
            next?.call()
        }
    }
}
