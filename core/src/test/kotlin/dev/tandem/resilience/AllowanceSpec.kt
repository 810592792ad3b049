package dev.tandem.resilience

import dev.tandem.generate
import dev.tandem.model.RateLimits
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.longs.shouldBeInRange
import io.kotest.matchers.shouldBe
import io.kotest.property.Arb
import io.kotest.property.arbitrary.int
import io.kotest.property.arbitrary.list
import io.kotest.property.arbitrary.long
import io.kotest.property.checkAll
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runTest
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

class AllowanceSpec :
    FunSpec({
        val second = 1_000_000_000L

        test("what is left goes, and comes back bit by bit") {
            val allowance = Allowance()
            allowance.waitFor(1_000_000, 0) shouldBe 0
            allowance.heard(RateLimits.Window(10, 2, 8.seconds), 0)
            allowance.waitFor(2, 0) shouldBe 0
            allowance.went(2, 0)
            allowance.waitFor(1, 0) shouldBe second
            allowance.waitFor(3, 0) shouldBe 3 * second
            allowance.waitFor(1, second) shouldBe 0
            allowance.waitFor(10, 8 * second) shouldBe 0
        }

        test("where no limit is told, all of it comes back at the end") {
            val allowance = Allowance()
            allowance.heard(RateLimits.Window(null, 0, 5.seconds), 0)
            allowance.waitFor(1, 0) shouldBe 5 * second
            allowance.waitFor(1, 4 * second) shouldBe second
            allowance.waitFor(1_000, 5 * second) shouldBe 0
        }

        test("an answer that was overtaken by another brings nothing back") {
            val allowance = Allowance()
            allowance.heard(RateLimits.Window(10, 1, 9.seconds), 0)
            allowance.went(1, 0)
            allowance.heard(RateLimits.Window(10, 4, 6.seconds), 0)
            (allowance.waitFor(1, 0) > 0) shouldBe true
        }

        test("nobody waits for ever, whatever is said and whatever is asked for") {
            checkAll(Arb.list(Arb.int(-5..50), 1..20), Arb.long(1..1_000L), Arb.long(-10_000..100_000L)) { heard, amount, reset ->
                val allowance = Allowance()
                var now = 0L
                heard.forEach { remaining ->
                    allowance.heard(RateLimits.Window(20L.takeIf { remaining % 2 == 0 }, remaining.toLong(), reset.milliseconds), now)
                    allowance.went(amount, now)
                    val wait = allowance.waitFor(amount, now)
                    wait.shouldBeInRange(0L..60 * second)
                    now += wait
                    allowance.waitFor(amount, now) shouldBe 0
                }
            }
        }

        test("a client sends no more than its provider says is left") {
            runTest {
                val times = mutableListOf<Long>()
                val provider = Answers { number, _ ->
                    times += currentTime
                    limits = RateLimits(RateLimits.Window(60, (3L - number).coerceAtLeast(0), 60.seconds), null)
                    emit("ok")
                }
                val client = clientOf(provider)
                client.generate("Hi")
                List(4) { async { client.generate("Hi") } }.awaitAll()
                // Two are left; then one comes back in about each second.
                times.take(3) shouldContainExactly listOf(0L, 0L, 0L)
                times[3].shouldBeInRange(900L..1_100L)
            }
        }
    })
