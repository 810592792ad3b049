package dev.tandem.redis

import dev.tandem.resilience.RateLimit
import dev.tandem.resilience.SharedLimits
import dev.tandem.resilience.SharedTurn
import java.util.UUID
import java.util.concurrent.atomic.AtomicLong
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.minutes

/**
 * Limits that all processes keep together which use the same server and namespace. Strict: within no minute more is let go than
 * the limit says, whoever asks. Time is the server's, so the processes' own clocks do not matter.
 */
public class RedisLimits private constructor(from: Builder) :
    SharedLimits,
    AutoCloseable {
        private val redis = from.redis
        private val isOwner = from.isOwner
        private val namespace = from.namespace
        private val windowMicros = from.window.inWholeMicroseconds
        private val clock = from.clock

        /** With the number it tells a turn from those of all processes. */
        private val self = UUID.randomUUID().toString()
        private val turns = AtomicLong()

        /** By one script, so that nobody comes between the look and the count. */
        override suspend fun ask(way: String, limit: RateLimit, tokens: Long): SharedTurn {
            val answer = answerTo(way, limit, tokens)
            return if (answer.wait == 0L) SharedTurn.granted(answer.id) else SharedTurn.after((answer.wait + MILLI - 1) / MILLI)
        }

        @JvmSynthetic
        internal suspend fun answerTo(way: String, limit: RateLimit, tokens: Long): Answer {
            require(tokens >= 0) { "tokens must not be negative, but are $tokens" }
            val id = "$self-${turns.incrementAndGet()}"
            val most = limit.tokensPerMinute ?: 0
            // One that is larger than the limit goes alone, as it would without other processes.
            val counted = if (most > 0) tokens.coerceAtMost(most) else tokens.coerceAtMost(MOST_TOKENS)
            val (wait, at) = ASK.run(redis, keysOf(way), id, windowMicros, limit.requestsPerMinute ?: 0, most, counted, clock())
            return Answer(id, wait, at)
        }

        /** Nothing where the minute of that turn is over. */
        override suspend fun settle(way: String, turn: SharedTurn, tokens: Long) {
            require(tokens >= 0) { "tokens must not be negative, but are $tokens" }
            require(turn.isGranted) { "only a turn that was granted can be settled, but this is $turn" }
            SETTLE.run(redis, listOf(amountsOf(way)), turn.id, tokens.coerceAtMost(MOST_TOKENS))
        }

        /** A silence that is there already is only made longer; a day at most. */
        override suspend fun coolDown(way: String, millis: Long) {
            require(millis >= 0) { "millis must not be negative, but are $millis" }
            if (millis > 0) SILENCE.run(redis, listOf(silenceOf(way)), millis.coerceAtMost(LONGEST_SILENCE), clock())
        }

        /** Closes the connection if it was made for these limits. What was counted stays until its time is over. */
        override fun close() {
            if (isOwner) redis.close()
        }

        override fun toString(): String = "RedisLimits($redis, $namespace)"

        private fun keysOf(way: String) = listOf(keyOf(way, "grants"), amountsOf(way), silenceOf(way))

        private fun amountsOf(way: String) = keyOf(way, "tokens")

        private fun silenceOf(way: String) = keyOf(way, "silence")

        /** By the braces a cluster knows that the keys of one way belong together. */
        private fun keyOf(way: String, what: String) = "tandem:limits:{$namespace:$way}:$what"

        /** [wait] and [at], the server's time, in microseconds. */
        internal class Answer(val id: String, val wait: Long, val at: Long)

        /** Among whom the limits are shared. */
        public class Builder internal constructor(
            @get:JvmSynthetic internal val redis: Redis,
            @get:JvmSynthetic internal val isOwner: Boolean,
        ) {
            /** One for each account or key of yours at a provider: they have limits of their own. */
            @get:JvmSynthetic
            @set:JvmSynthetic
            public var namespace: String = DEFAULT_NAMESPACE
                set(value) {
                    field = checked(value)
                }

            /** By these a test has short minutes, or its own time. */
            @get:JvmSynthetic
            @set:JvmSynthetic
            internal var window: Duration = 1.minutes + SLACK

            @get:JvmSynthetic
            @set:JvmSynthetic
            internal var clock: () -> Long = { SERVER_TIME }

            /** One for each account or key of yours at a provider: they have limits of their own. */
            public fun namespace(name: String): Builder = apply { namespace = name }

            /** What is set later does not change it. */
            public fun build(): RedisLimits = RedisLimits(this)
        }

        public companion object {
            /** What leaves here a minute after something else may take less time to the provider, which counts there. */
            private val SLACK: Duration = 100.milliseconds
            private const val MILLI = 1_000L
            private const val SERVER_TIME = 0L

            /** Lua counts in doubles. */
            private const val MOST_TOKENS = 1L shl 50
            private const val LONGEST_SILENCE = 24L * 60 * 60 * 1_000

            private val ASK = Script("ask.lua")
            private val SETTLE = Script("settle.lua")
            private val SILENCE = Script("silence.lua")

            /** With a connection of its own, which [close] ends. */
            @JvmStatic
            public fun at(uri: String): RedisLimits = Builder(Redis.at(uri), true).build()

            /** With what [builder] begins with; whoever opened [redis] closes it. */
            @JvmStatic
            public fun of(redis: Redis): RedisLimits = builder(redis).build()

            /** On a connection that others may use too; whoever opened [redis] closes it. */
            @JvmStatic
            public fun builder(redis: Redis): Builder = Builder(redis, false)
        }
    }
