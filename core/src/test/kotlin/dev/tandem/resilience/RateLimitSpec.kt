package dev.tandem.resilience

import dev.tandem.accounting.TokenCounter
import dev.tandem.error.AiException
import dev.tandem.error.NoTurnException
import dev.tandem.error.RateLimitedException
import dev.tandem.generate
import dev.tandem.model.Usage
import dev.tandem.rateLimit
import dev.tandem.retry
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeSorted
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.comparables.shouldBeLessThan
import io.kotest.matchers.comparables.shouldBeLessThanOrEqualTo
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.joinAll
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import kotlin.random.Random
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds

/** What the server counts, and how long callers wait for it. */
class RateLimitSpec :
    FunSpec({
        /** The most that fell into any minute. */
        fun mostInAMinute(arrivals: List<Pair<Long, Long>>): Long {
            var most = 0L
            var sum = 0L
            var from = 0
            for ((at, amount) in arrivals) {
                sum += amount
                while (at - arrivals[from].first >= 60_000) sum -= arrivals[from++].second
                most = maxOf(most, sum)
            }
            return most
        }

        test("5,000 callers, 600 requests and 100,000 tokens a minute: never more in any minute, and no time is wasted") {
            runTest(timeout = 5.minutes) {
                val arrivals = mutableListOf<Pair<Long, Long>>()
                val sizes = Random(7)
                val provider = Answers { _, request ->
                    val tokens = request.options.maxTokens!!.toLong() + 20
                    arrivals += currentTime to tokens
                    delay(sizes.nextLong(200, 3_000))
                    usage = Usage.of(20, tokens - 20)
                    emit("ok")
                }
                val client = clientOf(provider) {
                    rateLimit {
                        requestsPerMinute = 600
                        tokensPerMinute = 100_000
                    }
                    tokenCounter = TokenCounter { _, _ -> 16 }
                }
                val finished = List(5_000) { i ->
                    async {
                        client.generate("call $i") {
                            maxTokens = 60 + i % 160
                            if (i % 2 == 0) timeout = 2.hours
                        }
                        currentTime
                    }
                }.awaitAll()
                mostInAMinute(arrivals.map { (at, _) -> at to 1L }) shouldBeLessThanOrEqualTo 600
                mostInAMinute(arrivals) shouldBeLessThanOrEqualTo 100_000
                // So many minutes must begin before the last one may go.
                val optimum = maxOf(5_000 / 600, (arrivals.sumOf { it.second } / 100_000).toInt()) * 60_000L
                (arrivals.last().first - optimum).toDouble() / optimum shouldBeLessThan 0.02
                // In the order they came.
                provider.requests
                    .map {
                        it.messages
                            .single()
                            .text
                            .removePrefix("call ")
                            .toInt()
                    }.shouldBeSorted()
                finished.size shouldBe 5_000
            }
        }

        test("callers with little time, callers that leave, answers that are shorter than thought: never more in any minute") {
            runTest(timeout = 5.minutes) {
                val arrivals = mutableListOf<Pair<Long, Long>>()
                val chance = Random(11)
                val provider = Answers { _, request ->
                    val most = request.options.maxTokens!!
                    val used = 20 + chance.nextLong(most / 2L, most + 1L)
                    arrivals += currentTime to used
                    delay(chance.nextLong(200, 3_000))
                    usage = Usage.of(20, used - 20)
                    emit("ok")
                }
                val client = clientOf(provider) {
                    rateLimit {
                        requestsPerMinute = 600
                        tokensPerMinute = 50_000
                    }
                    tokenCounter = TokenCounter { _, _ -> 16 }
                }
                var tooLate = 0
                val callers = List(3_000) { i ->
                    launch {
                        delay(chance.nextLong(60_000))
                        try {
                            client.generate("call $i") {
                                maxTokens = 60 + i % 160
                                if (i % 3 == 0) timeout = chance.nextLong(1, 400).seconds
                            }
                        } catch (e: AiException) {
                            tooLate++
                        }
                    }
                }
                val leaving = callers.filterIndexed { i, _ -> i % 5 == 0 }
                leaving.forEach { caller ->
                    launch {
                        delay(chance.nextLong(300_000))
                        caller.cancelAndJoin()
                    }
                }
                callers.joinAll()
                mostInAMinute(arrivals.map { (at, _) -> at to 1L }) shouldBeLessThanOrEqualTo 600
                mostInAMinute(arrivals) shouldBeLessThanOrEqualTo 50_000
                val optimum = arrivals.sumOf { it.second } / 50_000.0 * 60_000
                arrivals.last().first.toDouble() shouldBeLessThan optimum * 1.1
                (tooLate in 100..1_000) shouldBe true
            }
        }

        test("who uses less than was thought gives the rest back") {
            runTest {
                val times = mutableListOf<Long>()
                val provider = Answers { _, _ ->
                    times += currentTime
                    delay(1_000)
                    emit("ok")
                }
                provider.usage = Usage.of(5, 5)
                val client = clientOf(provider) {
                    rateLimit { tokensPerMinute = 1_000 }
                    tokenCounter = TokenCounter { _, _ -> 1 }
                }
                List(3) { async { client.generate("Hi") { maxTokens = 900 } } }.awaitAll()
                times shouldContainExactly listOf(0L, 1_000L, 2_000L)
            }
        }

        test("a request larger than the limit goes alone") {
            runTest {
                val provider = Answers { _, _ -> emit("ok") }
                clientOf(provider) { rateLimit { tokensPerMinute = 10 } }.generate("Hi") { maxTokens = 5_000 } shouldBe "ok"
            }
        }

        test("whoever could not go in time is told at once") {
            runTest {
                val client = clientOf(Answers { _, _ -> emit("ok") }) { rateLimit { requestsPerMinute = 1 } }
                client.generate("Hi")
                val error = shouldThrow<NoTurnException> { client.generate("Hi") { timeout = 30.seconds } }
                error.message!! shouldContain "1 requests per minute"
                currentTime shouldBe 0
                client.generate("Hi") { timeout = 61.seconds } shouldBe "ok"
            }
        }

        test("the calls before count, too, when it is said whether there is time") {
            runTest {
                val client = clientOf(Answers { _, _ -> emit("ok") }) { rateLimit { requestsPerMinute = 1 } }
                val waiting = List(3) { launch { client.generate("Hi") } }
                runCurrent()
                shouldThrow<NoTurnException> { client.generate("Hi") { timeout = 150.seconds } }
                currentTime shouldBe 0
                waiting.forEach { it.join() }
            }
        }

        test("who leaves the line lets the others move up") {
            runTest {
                val client = clientOf(Answers { _, _ -> emit("ok") }) { rateLimit { requestsPerMinute = 1 } }
                client.generate("Hi")
                val leaving = launch { client.generate("Hi") }
                val staying = async { client.generate("Hi").also { currentTime } }
                runCurrent()
                leaving.cancelAndJoin()
                staying.await()
                currentTime shouldBeLessThan 61_000
            }
        }

        test("each model has limits of its own") {
            runTest {
                val client = clientOf(Answers { _, _ -> emit("ok") }) { rateLimit { requestsPerMinute = 1 } }
                client.generate("Hi") { model = "one" }
                client.generate("Hi") { model = "two" }
                currentTime shouldBe 0
            }
        }
    })
