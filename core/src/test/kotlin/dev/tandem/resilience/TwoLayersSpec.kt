package dev.tandem.resilience

import dev.tandem.alternative
import dev.tandem.circuitBreaker
import dev.tandem.error.CircuitOpenException
import dev.tandem.error.TimeLimitException
import dev.tandem.generate
import dev.tandem.hedging
import dev.tandem.maxConcurrency
import dev.tandem.rateLimit
import dev.tandem.retry
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.delay
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runTest
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds

/** What two or three layers do together. */
class TwoLayersSpec :
    FunSpec({
        fun ok() = Answers { _, _ -> emit("ok") }

        test("retry and limits: each attempt takes its own turn, and nobody holds a slot while he waits to try again") {
            runTest {
                val times = mutableListOf<Pair<String, Long>>()
                val provider = Answers { number, request ->
                    times += request.messages.single().text to currentTime
                    if (number == 1) throw serverError()
                    emit("ok")
                }
                val client = clientOf(provider) {
                    maxConcurrency(1)
                    rateLimit { requestsPerMinute = 2 }
                    retry {
                        firstPause = 5.seconds
                        jitter = Jitter.NONE
                    }
                }
                val first = async { client.generate("first") }
                delay(1.seconds)
                client.generate("second")
                first.await()
                times shouldContainExactly listOf("first" to 0L, "second" to 1_000L, "first" to 60_100L)
            }
        }

        test("hedge and limits: a hedge takes its own turn, and a loser gives its slot back") {
            runTest {
                val provider = Answers { number, _ ->
                    if (number <= 5) awaitCancellation()
                    emit("answer $number")
                }
                val client = clientOf(provider) {
                    maxConcurrency(6)
                    hedging {
                        after = 3.seconds
                        share = 1.0
                    }
                }
                List(5) { async { client.generate("Hi") } }.awaitAll().size shouldBe 5
                provider.count shouldBe 10
            }
        }

        test("hedge and limits: where there is no turn for a hedge, the first one goes on") {
            runTest {
                val provider = Answers { _, _ ->
                    delay(10_000)
                    emit("ok")
                }
                val client = clientOf(provider) {
                    rateLimit { requestsPerMinute = 1 }
                    hedging {
                        after = 3.seconds
                        share = 1.0
                    }
                }
                client.generate("Hi") { timeout = 30.seconds } shouldBe "ok"
                currentTime shouldBe 10_000
                provider.count shouldBe 1
            }
        }

        test("retry and breaker: an open breaker ends all attempts, with what opened it") {
            runTest {
                val provider = Answers { _, _ -> throw serverError() }
                val client = clientOf(provider) {
                    retry { maxAttempts = 10 }
                    circuitBreaker { failures = 3 }
                }
                shouldThrow<CircuitOpenException> { client.generate("Hi") }
                provider.count shouldBe 3
            }
        }

        test("fallback, retry and breaker: each target has its own attempts, and an open one is passed over") {
            runTest {
                val broken = Answers("broken") { _, _ -> throw serverError() }
                val well = Answers("well") { _, _ -> emit("ok") }
                val client = clientOf(broken) {
                    retry { maxAttempts = 2 }
                    circuitBreaker {
                        failures = 4
                        pause = 5.minutes
                    }
                    alternative(well)
                }
                repeat(5) { client.generate("Hi") shouldBe "ok" }
                broken.count shouldBe 4
                well.count shouldBe 5
            }
        }

        test("fallback and limits: a target that has no turn in time is as good as down") {
            runTest {
                val first = ok()
                val second = Answers("second") { _, _ -> emit("second") }
                val client = clientOf(first) {
                    rateLimit { requestsPerMinute = 1 }
                    alternative(second)
                }
                client.generate("Hi") { timeout = 10.seconds } shouldBe "ok"
                client.generate("Hi") { timeout = 10.seconds } shouldBe "second"
                currentTime shouldBe 0
            }
        }

        test("deadline and hedge: both end with the caller's time") {
            runTest {
                var ended = 0
                val provider = Answers { _, _ ->
                    try {
                        awaitCancellation()
                    } finally {
                        ended++
                    }
                }
                val client = clientOf(provider) {
                    hedging {
                        after = 1.seconds
                        share = 1.0
                    }
                }
                shouldThrow<TimeLimitException> { client.generate("Hi") { timeout = 5.seconds } }
                currentTime shouldBe 5_000
                ended shouldBe 2
            }
        }
    })
