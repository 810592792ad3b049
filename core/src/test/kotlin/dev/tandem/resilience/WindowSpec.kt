package dev.tandem.resilience

import io.github.bucket4j.Bucket
import io.github.bucket4j.TimeMeter
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.comparables.shouldBeLessThanOrEqualTo
import io.kotest.matchers.shouldBe
import io.kotest.property.Arb
import io.kotest.property.arbitrary.int
import io.kotest.property.arbitrary.list
import io.kotest.property.arbitrary.long
import io.kotest.property.arbitrary.pair
import io.kotest.property.checkAll
import java.time.Duration

class WindowSpec :
    FunSpec({
        test("whoever goes as soon as he may never takes more than the limit in any window, and could not have gone earlier") {
            checkAll(Arb.int(1..50), Arb.list(Arb.pair(Arb.long(0L..40L), Arb.int(1..60)), 1..100)) { limit, arrivals ->
                val window = Window(limit.toLong(), LENGTH)
                val grants = mutableListOf<Pair<Long, Long>>()
                var now = 0L
                for ((pause, wish) in arrivals) {
                    now += pause
                    val amount = wish.coerceAtMost(limit).toLong()
                    val wait = window.waitFor(amount, now)

                    fun sum(at: Long) = grants.filter { at - it.first in 0 until LENGTH }.sumOf { it.second }
                    if (wait > 0) (sum(now + wait - 1) + amount > limit) shouldBe true
                    now += wait
                    window.grant(amount, now)
                    grants += now to amount
                    sum(now) shouldBeLessThanOrEqualTo limit.toLong()
                }
            }
        }

        test("who always wants more gets what a bucket of another library gives that is filled once a window, at the same times") {
            checkAll(Arb.int(1..50), Arb.list(Arb.long(1L..30L), 1..200)) { limit, pauses ->
                var now = 0L
                val window = Window(limit.toLong(), LENGTH)
                val bucket = Bucket
                    .builder()
                    .addLimit { it.capacity(limit.toLong()).refillIntervally(limit.toLong(), Duration.ofNanos(LENGTH)) }
                    .withCustomTimePrecision(object : TimeMeter {
                        override fun currentTimeNanos() = now

                        override fun isWallClockBased() = false
                    })
                    .build()

                fun takeAll(): Pair<Int, Int> {
                    var ours = 0
                    while (window.waitFor(1, now) == 0L) window.grant(1, now).also { ours++ }
                    return ours to bucket.tryConsumeAsMuchAsPossible().toInt()
                }
                for (pause in pauses) {
                    val (ours, theirs) = takeAll()
                    ours shouldBe theirs
                    // Not past the next filling: the bucket is filled by the clock on the wall, the window by when it was emptied.
                    now = minOf(now + pause, (now / LENGTH + 1) * LENGTH)
                }
            }
        }

        test("what is corrected counts as corrected, until it is out of the window") {
            val window = Window(10, LENGTH)
            val grant = window.grant(10, 0)
            window.waitFor(4, 5) shouldBe 95
            window.correct(grant, 6, 5)
            window.waitFor(4, 5) shouldBe 0
            window.correct(grant, 20, 6)
            window.waitFor(1, 6) shouldBe 94
            window.waitFor(10, 100) shouldBe 0
            window.correct(grant, 5, 100)
            window.waitFor(10, 100) shouldBe 0
        }

        test("a copy goes its own way") {
            val window = Window(10, LENGTH)
            window.grant(5, 0)
            val copy = window.copy()
            copy.grant(5, 1)
            copy.waitFor(1, 1) shouldBe 99
            window.waitFor(1, 1) shouldBe 0
        }
    })

private const val LENGTH = 100L
