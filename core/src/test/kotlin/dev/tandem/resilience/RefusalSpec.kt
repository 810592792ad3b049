package dev.tandem.resilience

import dev.tandem.Alternative
import dev.tandem.accounting.TokenCounter
import dev.tandem.error.NoTurnException
import dev.tandem.error.RateLimitedException
import dev.tandem.generate
import dev.tandem.model.RateLimits
import dev.tandem.model.options
import dev.tandem.retry
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.comparables.shouldBeGreaterThanOrEqualTo
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import kotlin.time.Duration.Companion.seconds

/** What one refusal does to the calls beside it, before it and after it. */
class RefusalSpec :
    FunSpec({
        /** All calls say a piece, but those of [refused] are refused. */
        fun Set<Int>.areRefused(pause: Int = 1, took: Long = 0) = Answers { number, _ ->
            delay(took)
            if (number in this@areRefused) throw tooMany(pause.seconds)
            emit("$number")
        }

        test("a refusal holds back all who ask the same model, who then come a few at a time") {
            runTest {
                var refused = 0
                val arrivals = mutableListOf<Long>()
                val provider = Answers { number, _ ->
                    arrivals += currentTime
                    delay(1_000)
                    if (number == 1) {
                        refused++
                        throw tooMany(20.seconds)
                    }
                    emit("ok")
                }
                val client = clientOf(provider) {
                    retry {
                        maxAttempts = 2
                        jitter = Jitter.NONE
                    }
                }
                val first = async { client.generate("Hi") }
                delay(1_500)
                val others = List(500) { async { client.generate("Hi") } }
                first.await()
                others.awaitAll()
                refused shouldBe 1
                // Nobody before the provider's time is over, then 1, 2, 4 and so on at the same time.
                arrivals[1] shouldBe 21_000
                arrivals
                    .drop(1)
                    .groupingBy { it }
                    .eachCount()
                    .values
                    .take(6) shouldContainExactly listOf(1, 2, 4, 8, 16, 32)
            }
        }

        test("a refusal without words holds back, too, longer each time") {
            runTest {
                val arrivals = mutableListOf<Long>()
                val provider = Answers { number, _ ->
                    arrivals += currentTime
                    if (number <= 3) throw tooMany()
                    emit("ok")
                }
                val client = clientOf(provider)
                repeat(3) { shouldThrow<RateLimitedException> { client.generate("Hi") } }
                client.generate("Hi")
                arrivals.zipWithNext { a, b -> b - a } shouldContainExactly listOf(1_000L, 2_000L, 4_000L)
            }
        }

        test("a call from within an open stream waits for the silence, and not for the stream") {
            runTest {
                val client = clientOf(setOf(2).areRefused()) { retry = RetryPolicy.DEFAULT }
                client.streamText("Hi").collect { client.generate("and?") shouldBe "3" }
                currentTime shouldBeGreaterThanOrEqualTo 1_000
            }
        }

        test("a reader that takes its time holds up nobody after a refusal") {
            runTest {
                val client = clientOf(setOf(1).areRefused()) { retry = RetryPolicy.DEFAULT }
                val slow = launch { client.streamText("slow").collect { delay(600.seconds) } }
                delay(2.seconds)
                List(10) { async { client.generate("Hi") } }.awaitAll()
                currentTime shouldBe 2_000
                slow.cancelAndJoin()
            }
        }

        test("calls that were under way before it do not end the silence, however well they go") {
            runTest {
                val arrivals = mutableListOf<Long>()
                val provider = Answers { number, _ ->
                    arrivals += currentTime
                    delay(1_000)
                    if (number == 1) throw tooMany(30.seconds)
                    delay(number * 10L)
                    emit("ok")
                }
                val client = clientOf(provider)
                val before = List(100) { async { runCatching { client.generate("before $it") } } }
                delay(3.seconds)
                val after = List(31) { async { client.generate("after $it") } }
                before.awaitAll()
                after.awaitAll()
                arrivals
                    .drop(100)
                    .groupingBy { it }
                    .eachCount()
                    .values
                    .take(2) shouldContainExactly listOf(1, 2)
                arrivals[100] shouldBe 31_000
            }
        }

        test("all of a burst that is refused come again, and all are answered") {
            runTest {
                val provider = Answers { number, _ -> if (number <= 500) throw tooMany(1.seconds) else emit("ok") }
                val client = clientOf(provider) { retry = RetryPolicy.DEFAULT }
                List(500) { async { client.generate("call $it") } }.awaitAll() shouldBe List(500) { "ok" }
                provider.count shouldBe 1_000
            }
        }

        test("many refusals at once are one") {
            runTest {
                val provider = Answers { number, _ ->
                    delay(10)
                    if (number <= 6) throw tooMany() else emit("ok")
                }
                val client = clientOf(provider)
                List(6) { async { shouldThrow<RateLimitedException> { client.generate("Hi") } } }.awaitAll()
                client.generate("Hi")
                currentTime shouldBe 1_020
            }
        }

        test("readers that take the first piece and go are proof enough that all is well again") {
            runTest {
                val provider = setOf(1).areRefused(took = 1_000)
                val client = clientOf(provider)
                shouldThrow<RateLimitedException> { client.generate("Hi") }
                List(63) { async { client.streamText("Hi").first() } }.awaitAll()
                val began = currentTime
                List(100) { async { client.generate("Hi") } }.awaitAll()
                currentTime - began shouldBe 1_000
            }
        }

        test("who waits, and has no time for the silence that begins, is told at once") {
            runTest {
                val client = clientOf(setOf(1).areRefused(pause = 60, took = 1_000)) { concurrency = Concurrency.atMost(1) }
                val refused = launch { shouldThrow<RateLimitedException> { client.generate("Hi") } }
                runCurrent()
                val hasNoTime = async { shouldThrow<NoTurnException> { client.generate("Hi") { timeout = 5.seconds } } }
                val hasTime = async { client.generate("Hi") { timeout = 90.seconds } }
                refused.join()
                hasNoTime.await()
                currentTime shouldBe 1_000
                hasTime.await() shouldBe "2"
                currentTime shouldBe 62_000
            }
        }

        test("who has no time until something is left again is told at once, and another target may have it") {
            runTest {
                val nothing = RateLimits.Window(100, 0, 30.seconds)
                val provider = Answers("empty") { number, _ -> emit("$number") }
                provider.limits = RateLimits(nothing, null)
                val client = clientOf(provider) { alternative(Alternative.of(Answers("other") { _, _ -> emit("other") })) }
                client.generate("Hi") shouldBe "1"
                client.generate("Hi") { timeout = 0.2.seconds } shouldBe "other"
                currentTime shouldBe 0
            }
        }

        test("a stream that is cut off by its reader is still thought to be as long as it might have been") {
            runTest {
                val times = mutableListOf<Long>()
                val provider = Answers { _, _ ->
                    times += currentTime
                    emit("a")
                    delay(1_000)
                    emit("b")
                }
                val client = clientOf(provider) {
                    rateLimit = RateLimit.builder().tokensPerMinute(1_000).build()
                    tokenCounter = TokenCounter { _, _ -> 0 }
                }
                client.streamText("Hi", options { maxTokens = 900 }).first()
                client.streamText("Hi", options { maxTokens = 900 }).toList()
                times shouldContainExactly listOf(0L, 60_100L)
            }
        }

        test("who waits in line is told at once when he cannot have what is left in time") {
            runTest {
                val provider = Answers { number, _ ->
                    delay(1.seconds)
                    emit("$number")
                }
                provider.limits = RateLimits(RateLimits.Window(1, 0, 60.seconds), null)
                val client = clientOf(provider) { concurrency = Concurrency.atMost(1) }
                val first = async { client.generate("Hi") }
                runCurrent()
                shouldThrow<NoTurnException> { client.generate("Hi") { timeout = 5.seconds } }
                currentTime shouldBe 1_000
                first.await()
            }
        }
    })
