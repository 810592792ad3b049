package dev.tandem.cache

import dev.tandem.accounting.Budget
import dev.tandem.cache
import dev.tandem.error.BudgetExceededException
import dev.tandem.error.ServerException
import dev.tandem.generate
import dev.tandem.model.ChatRequest
import dev.tandem.model.Options
import dev.tandem.model.Timer
import dev.tandem.model.options
import dev.tandem.pipeline.CallEvent
import dev.tandem.resilience.Answers
import dev.tandem.resilience.clientOf
import dev.tandem.resilience.serverError
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.comparables.shouldBeLessThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.types.shouldBeInstanceOf
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import kotlin.time.Duration.Companion.milliseconds

class SingleFlightSpec :
    FunSpec({
        test("200 equal calls make one request, and the one who began it may leave") {
            runTest {
                val provider = Answers { number, _ ->
                    delay(1_000)
                    emit("answer $number")
                }
                val client = clientOf(provider) { cache(MemoryCache(10)) }
                val first = launch { client.generate("Hi") }
                runCurrent()
                val others = List(199) { async { client.generate("Hi") } }
                delay(500)
                first.cancelAndJoin()
                others.awaitAll().distinct() shouldContainExactly listOf("answer 1")
                provider.count shouldBe 1
                client.spending().requests shouldBe 1
                currentTime shouldBe 1_000
            }
        }

        test("when all have left, the request ends") {
            runTest {
                var isOver = false
                val provider = Answers { _, _ ->
                    try {
                        awaitCancellation()
                    } finally {
                        isOver = true
                    }
                }
                val client = clientOf(provider) { cache(MemoryCache(10)) }
                val callers = List(3) { launch { client.generate("Hi") } }
                runCurrent()
                callers.forEach { it.cancelAndJoin() }
                runCurrent()
                isOver shouldBe true
                // And the next one is a new one.
                val next = launch { client.generate("Hi") }
                runCurrent()
                provider.count shouldBe 2
                next.cancelAndJoin()
            }
        }

        test("a failure is everybody's, and the next call tries again") {
            runTest {
                val provider = Answers { number, _ ->
                    delay(100)
                    if (number == 1) throw serverError()
                    emit("ok")
                }
                val client = clientOf(provider) { cache(MemoryCache(10)) }
                val callers = List(3) { async { runCatching { client.generate("Hi") } } }
                callers.awaitAll().all { it.exceptionOrNull() is ServerException } shouldBe true
                client.generate("Hi") shouldBe "ok"
            }
        }

        test("each caller has a deadline of his own") {
            runTest {
                val provider = Answers { _, _ ->
                    delay(5_000)
                    emit("ok")
                }
                val client = clientOf(provider) { cache(MemoryCache(10)) }
                val hasty = async { runCatching { client.generate("Hi", options { timeout = 1_000.milliseconds }) } }
                val patient = async { client.generate("Hi") }
                hasty.await().isFailure shouldBe true
                currentTime shouldBe 1_000
                patient.await() shouldBe "ok"
                provider.count shouldBe 1
            }
        }

        test("a stream too long to be kept waits for its slowest reader") {
            runTest {
                var sent = 0
                val provider = Answers { _, _ ->
                    repeat(10_000) {
                        emit("x".repeat(100))
                        sent++
                    }
                }
                val client = clientOf(provider) { cache(MemoryCache(10)) { maxEntryBytes = 10_000 } }
                var seen = 0
                client.streamText("Hi").collect {
                    seen++
                    if (seen % 100 == 0) delay(10)
                    sent - seen shouldBeLessThan 200
                }
                seen shouldBe 10_000
            }
        }

        test("who shares a request shares what pays for it and what bounds it, but for his own time") {
            runTest {
                val provider = Answers { _, _ ->
                    delay(1_000)
                    emit("ok")
                }
                val client = clientOf(provider) { cache(MemoryCache(10)) }
                val alike = listOf(
                    Options.NONE,
                    options { timeout = 5_000.milliseconds },
                    options { conversation = "c" },
                )
                alike.map { async { client.generate("Hi", it) } }.awaitAll()
                provider.count shouldBe 1
                val different = listOf(
                    Options.NONE,
                    options { tag("one") },
                    options { tag("two") },
                    options { timer(Timer.FIRST_EVENT, 100.milliseconds) },
                    options { maxEventBytes = 1_000 },
                )
                different.map { async { client.generate("Ho", it) } }.awaitAll()
                provider.count shouldBe 1 + different.size
                // And what they got is one answer, for everybody.
                client.chat(ChatRequest.of("Ho", options { tag("three") })).isCached shouldBe true
                client.spending("one").requests shouldBe 1
            }
        }

        test("a budget that is spent is nobody else's") {
            runTest {
                val provider = Answers { _, _ ->
                    delay(1_000)
                    emit("ok")
                }
                val client = clientOf(provider) {
                    cache(MemoryCache(10))
                    budget(Budget.ofTokens(1).forTag("trial"))
                }
                val trial = async { runCatching { client.generate("Ho") { tag("trial") } } }
                val paid = async { client.generate("Ho") { tag("paid") } }
                trial.await().exceptionOrNull().shouldBeInstanceOf<BudgetExceededException>()
                paid.await() shouldBe "ok"
            }
        }

        test("whoever gets what another one pays for is told so, and nobody else") {
            runTest {
                val hits = mutableListOf<Long>()
                val client = clientOf(
                    Answers { number, _ ->
                        delay(1_000)
                        if (number == 2) throw serverError()
                        emit("ok")
                    },
                ) {
                    cache(MemoryCache(10))
                    listener { call, event -> if (event is CallEvent.CacheHit) hits += call.id }
                }
                val first = launch { client.generate("Hi") }
                runCurrent()
                val others = List(3) { async { client.chat(ChatRequest.of("Hi")) } }
                delay(500)
                first.cancelAndJoin()
                // One of the three pays now.
                val cached = others.awaitAll().count { it.isCached }
                cached shouldBe 2
                hits.distinct().size shouldBe 2
                hits.size shouldBe 2
                List(2) { async { runCatching { client.generate("Ho") } } }.awaitAll()
                hits.size shouldBe 2
                client.generate("Hi")
                hits.size shouldBe 3
            }
        }
    })
