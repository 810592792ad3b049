package dev.tandem.accounting

import dev.tandem.error.BudgetExceededException
import dev.tandem.generate
import dev.tandem.model.Usage
import dev.tandem.pipeline.CallEvent
import dev.tandem.resilience.Answers
import dev.tandem.resilience.Concurrency
import dev.tandem.resilience.RetryPolicy
import dev.tandem.resilience.clientOf
import dev.tandem.resilience.serverError
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest

class BudgetSpec :
    FunSpec({
        val prices = Prices.NONE.with("fake-1", Price(1.0, 2.0))

        fun answering() = Answers { _, _ ->
            delay(100)
            emit("ok")
        }.apply { usage = Usage.of(100_000, 50_000) }

        test("what was used is booked, for the client and for each tag") {
            runTest {
                val client = clientOf(answering()) { this.prices = prices }
                client.generate("Hi") { tag("a") }
                client.generate("Hi") {
                    tag("a")
                    tag("b")
                }
                client.generate("Hi")
                client.spending().run {
                    requests shouldBe 3
                    inputTokens shouldBe 300_000
                    usd shouldBe (0.6 plusOrMinus 1e-9)
                }
                client.spending("a").requests shouldBe 2
                client.spendingByTag().mapValues { it.value.outputTokens } shouldBe mapOf("a" to 100_000L, "b" to 50_000L)
                client.spending("nobody").usd shouldBe 0.0
            }
        }

        test("a budget that is spent stops calls before they are sent") {
            runTest {
                val provider = answering()
                val client = clientOf(provider) {
                    this.prices = prices
                    budget(Budget.ofUsd(0.5))
                }
                repeat(3) { client.generate("Hi") }
                val error = shouldThrow<BudgetExceededException> { client.generate("Hi") }
                error.message!! shouldContain "$0.5"
                error.isRetryable shouldBe false
                provider.count shouldBe 3
            }
        }

        test("one tag's budget is no other's") {
            runTest {
                val client = clientOf(answering()) { budget(Budget.ofTokens(100_000).forTag("a")) }
                client.generate("Hi") { tag("a") }
                shouldThrow<BudgetExceededException> { client.generate("Hi") { tag("a") } }
                client.generate("Hi") { tag("b") } shouldBe "ok"
                client.generate("Hi") shouldBe "ok"
            }
        }

        test("many at once do not spend the same money") {
            runTest {
                val provider = answering().apply { usage = Usage.of(10, 90) }
                val client = clientOf(provider) {
                    budget(Budget.ofTokens(1_000))
                    tokenCounter = TokenCounter { _, _ -> 6 }
                }
                val outcomes = List(50) { async { runCatching { client.generate("Hi") { maxTokens = 90 } } } }.awaitAll()
                outcomes.count { it.isSuccess } shouldBe 10
                client.spending().totalTokens shouldBe 1_000
            }
        }

        test("what was cut off has cost at least what was heard of it, and what never went has cost nothing") {
            runTest {
                val provider = Answers { _, _ ->
                    emit("x".repeat(400))
                    delay(60_000)
                    emit("never")
                }
                val client = clientOf(provider) {
                    tokenCounter = TokenCounter { _, _ -> 6 }
                    concurrency = Concurrency.atMost(1)
                }
                val reading = launch { client.streamText("Hi").collect {} }
                val inLine = launch { client.generate("Hi") }
                runCurrent()
                inLine.cancelAndJoin()
                reading.cancelAndJoin()
                client.spending().run {
                    requests shouldBe 1
                    inputTokens shouldBe 10
                    outputTokens shouldBe 100
                }
                val plain = launch { client.generate("Hi") }
                runCurrent()
                plain.cancelAndJoin()
                client.spending().run { requests to inputTokens } shouldBe (2L to 20L)
            }
        }

        test("a call tells what all its requests have cost, where all their prices are known") {
            runTest {
                val costs = mutableListOf<Double?>()
                val provider = Answers { number, _ ->
                    emit("ok")
                    if (number == 1) throw serverError()
                }.apply { usage = Usage.of(100_000, 50_000) }
                val client = clientOf(provider) {
                    this.prices = prices
                    retry = RetryPolicy.DEFAULT
                    listener { _, event -> if (event is CallEvent.Completed) costs += event.usd }
                }
                client.generate("Hi")
                client.generate("Hi") { model = "unknown" }
                costs shouldBe listOf(0.2, null)
            }
        }

        test("what was refused before it was sent has cost nothing") {
            runTest {
                val client = clientOf(Answers { _, _ -> throw IllegalArgumentException("no such thing") })
                shouldThrow<IllegalArgumentException> { client.generate("Hi") }
                client.spending().totalTokens shouldBe 0
            }
        }
    })
