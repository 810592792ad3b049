package dev.tandem.resilience

import dev.tandem.accounting.Budget
import dev.tandem.alternative
import dev.tandem.cache
import dev.tandem.cache.MemoryCache
import dev.tandem.circuitBreaker
import dev.tandem.error.BudgetExceededException
import dev.tandem.error.CircuitOpenException
import dev.tandem.error.ServerException
import dev.tandem.generate
import dev.tandem.hedging
import dev.tandem.maxConcurrency
import dev.tandem.pipeline.CallEvent
import dev.tandem.rateLimit
import dev.tandem.retry
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.comparables.shouldBeGreaterThanOrEqualTo
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runTest
import kotlin.time.Duration.Companion.seconds

/** What layers do together. */
class LayersSpec :
    FunSpec({
        fun ok() = Answers { _, _ -> emit("ok") }

        test("cache and retry: one who asks the same waits for the same attempts, streams and plain calls alike") {
            runTest {
                val provider = Answers { number, _ ->
                    if (number % 3 != 0) throw serverError()
                    emit("a")
                    emit("b")
                }
                val client = clientOf(provider) {
                    cache(MemoryCache(10))
                    retry { maxAttempts = 3 }
                }
                List(20) { async { client.generate("Hi") } }.awaitAll().distinct() shouldContainExactly listOf("ab")
                List(20) { async { client.streamText("Hi").toList() } }.awaitAll().distinct() shouldContainExactly listOf(listOf("a", "b"))
                provider.count shouldBe 6
            }
        }

        test("cache and budget: what is kept costs nothing, and goes on when the budget is spent") {
            runTest {
                val client = clientOf(ok()) {
                    cache(MemoryCache(10))
                    budget(Budget.ofTokens(300))
                }
                client.generate("Hi")
                client.spending().totalTokens shouldBe 15
                repeat(5) { client.generate("Hi") shouldBe "ok" }
                shouldThrow<BudgetExceededException> { client.generate("Something else") { maxTokens = 1_000 } }
                client.generate("Hi") shouldBe "ok"
                client.spending().totalTokens shouldBe 15
            }
        }

        test("budget and retry: each attempt is paid for by itself, and a refusal by the budget is not tried again") {
            runTest {
                val provider = Answers { number, _ -> if (number < 3) throw serverError() else emit("ok") }
                val client = clientOf(provider) {
                    budget(Budget.ofTokens(400))
                    retry { maxAttempts = 3 }
                }
                client.generate("Hi")
                client.spending().requests shouldBe 3
                client.spending().totalTokens shouldBe 15
                val before = currentTime
                shouldThrow<BudgetExceededException> { client.generate("Hi") { maxTokens = 1_000 } }
                currentTime shouldBe before
                provider.count shouldBe 3
            }
        }

        test("with all layers on a call is told from its beginning to its end") {
            runTest {
                val events = mutableListOf<String>()
                val ids = mutableSetOf<Long>()
                val broken = Answers("broken") { _, _ -> throw serverError() }
                val client = clientOf(broken) {
                    cache(MemoryCache(10))
                    budget(Budget.ofUsd(10.0))
                    retry {
                        maxAttempts = 2
                        jitter = Jitter.NONE
                    }
                    hedging { after = 10.seconds }
                    circuitBreaker { failures = 2 }
                    rateLimit { requestsPerMinute = 100 }
                    maxConcurrency(10)
                    alternative(ok())
                    listener { call, event ->
                        ids += call.id
                        events += "${call.target.name} ${call.attempt} ${event::class.simpleName}"
                    }
                }
                client.generate("Hi") shouldBe "ok"
                client.generate("Hi") shouldBe "ok"
                events shouldContainExactly listOf(
                    "broken 1 Started",
                    "broken 1 Sent",
                    "broken 1 Returned",
                    "broken 1 Retrying",
                    "broken 2 Sent",
                    "broken 2 Returned",
                    "broken 2 CircuitChanged",
                    "broken 1 FellBack",
                    "fake 1 Sent",
                    "fake 1 Returned",
                    "broken 1 FirstItem",
                    "broken 1 Completed",
                    "broken 1 Started",
                    "broken 1 CacheHit",
                    "broken 1 FirstItem",
                    "broken 1 Completed",
                )
                ids.size shouldBe 2
            }
        }

        test("a slow reader of a hedged stream is not run ahead of by more than an item or two") {
            runTest {
                var said = 0
                val provider = Answers { _, _ ->
                    repeat(1_000) {
                        said++
                        emit("$it ")
                    }
                }
                val client = clientOf(provider) { hedging { after = 1.seconds } }
                var read = 0
                client.streamText("Hi").collect {
                    read++
                    delay(10)
                    (said - read <= 3) shouldBe true
                }
                read shouldBeGreaterThanOrEqualTo 1_000
            }
        }

        test("a failure with nothing but the breaker is the failure") {
            runTest {
                val client = clientOf(Answers { _, _ -> throw serverError() }) { circuitBreaker { failures = 1 } }
                shouldThrow<ServerException> { client.generate("Hi") }
                shouldThrow<CircuitOpenException> { client.generate("Hi") }
            }
        }

        test("what happens is told with the call it happens to") {
            runTest {
                val hedged = mutableListOf<Boolean>()
                val provider = Answers { number, _ ->
                    if (number == 1) awaitCancellation()
                    emit("ok")
                }
                val client = clientOf(provider) {
                    hedging {
                        after = 1.seconds
                        share = 1.0
                    }
                    listener { call, event -> if (event is CallEvent.Sent) hedged += call.isHedge }
                }
                client.generate("Hi")
                hedged shouldContainExactly listOf(false, true)
            }
        }
    })
