package dev.tandem.redis

import dev.tandem.resilience.RateLimit
import io.github.bucket4j.Bucket
import io.github.bucket4j.TimeMeter
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.comparables.shouldBeGreaterThan
import io.kotest.matchers.comparables.shouldBeLessThanOrEqualTo
import io.kotest.matchers.shouldBe
import java.time.Duration
import kotlin.time.Duration.Companion.seconds

private const val LIMIT = 100
private const val WINDOW_MICROS = 60_000_000L

/** Beside what others count with: the same in the long run, and not the same within a minute. */
class BucketSpec :
    FunSpec({
        timeout = 60_000
        val server = autoClose(Server())
        val redis = autoClose(Redis.builder(server.uri).timeoutMillis(10_000).build())
        val limit = RateLimit.builder().requestsPerMinute(LIMIT).build()
        var now = 1_700_000_000_000_000L
        val meter = object : TimeMeter {
            override fun currentTimeNanos() = now * 1_000

            override fun isWallClockBased() = false
        }
        val limits = RedisLimits
            .builder(redis)
            .apply {
                window = 60.seconds
                clock = { now }
            }.build()

        fun bucket(capacity: Long, perWindow: Long): Bucket = Bucket
            .builder()
            .withCustomTimePrecision(meter)
            .addLimit { it.capacity(capacity).refillGreedy(perWindow, Duration.ofMinutes(1)) }
            .build()

        /** When each was granted that asked as often as it could, ten times a second for so many windows. */
        suspend fun grants(way: String, windows: Int, ask: suspend (way: String) -> Boolean): List<Long> = buildList {
            val end = now + windows * WINDOW_MICROS
            while (now < end) {
                while (ask(way)) add(now)
                now += 100_000
            }
        }

        fun most(grants: List<Long>): Int = grants.maxOf { at -> grants.count { it > at - WINDOW_MICROS && it <= at } }

        test("in the long run both grant the same, but a bucket lets nearly twice as much through within one minute") {
            val ours = grants("strict", windows = 10) { limits.ask(it, limit, 0).isGranted }
            val bucket = bucket(LIMIT.toLong(), LIMIT.toLong())
            val theirs = grants("", windows = 10) { bucket.tryConsume(1) }

            ours.size shouldBe 10 * LIMIT
            // It begins with a full bucket, and refills from the first moment on.
            (theirs.size - ours.size) shouldBeLessThanOrEqualTo LIMIT
            (theirs.size - ours.size) shouldBeGreaterThan -LIMIT / 10

            most(ours) shouldBe LIMIT
            most(theirs) shouldBeGreaterThan LIMIT * 19 / 10
        }

        test("a bucket that is strict gives away what it can hold") {
            val small = LIMIT / 5
            val bucket = bucket(small.toLong(), LIMIT - small.toLong())
            val theirs = grants("", windows = 10) { bucket.tryConsume(1) }
            most(theirs) shouldBeLessThanOrEqualTo LIMIT
            theirs.size shouldBeLessThanOrEqualTo 10 * (LIMIT - small) + small
        }
    })
