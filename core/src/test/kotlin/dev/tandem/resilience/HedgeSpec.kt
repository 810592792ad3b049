package dev.tandem.resilience

import dev.tandem.error.ServerException
import dev.tandem.generate
import dev.tandem.hedging
import dev.tandem.maxConcurrency
import dev.tandem.pipeline.CallEvent
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.comparables.shouldBeLessThanOrEqualTo
import io.kotest.matchers.longs.shouldBeInRange
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineExceptionHandler
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.withContext
import kotlin.time.Duration.Companion.seconds

class HedgeSpec :
    FunSpec({
        test("a call that takes long is made once more; the faster one answers, and the other is cancelled") {
            runTest {
                var cancelled = 0
                val provider = Answers { number, _ ->
                    try {
                        delay(if (number == 1) 60_000 else 1_000)
                    } catch (e: CancellationException) {
                        cancelled++
                        throw e
                    }
                    emit("from $number")
                }
                clientOf(provider) { hedging { after = 5.seconds } }.generate("Hi") shouldBe "from 2"
                currentTime shouldBe 6_000
                cancelled shouldBe 1
            }
        }

        test("a call in time is made once") {
            runTest {
                val provider = Answers { _, _ ->
                    delay(4_000)
                    emit("ok")
                }
                clientOf(provider) { hedging { after = 5.seconds } }.streamText("Hi").toList() shouldBe listOf("ok")
                provider.count shouldBe 1
            }
        }

        test("of streams it is the first piece that decides") {
            runTest {
                val provider = Answers { number, _ ->
                    delay(if (number == 1) 5_500 else 1_000)
                    emit("a$number")
                    delay(10_000)
                    emit("b$number")
                }
                clientOf(provider) { hedging { after = 5.seconds } }.streamText("Hi").toList() shouldBe listOf("a1", "b1")
                currentTime shouldBe 15_500
            }
        }

        test("a failure waits for the other; two failures are the first one") {
            runTest {
                val one = serverError()
                val provider = Answers { number, _ ->
                    delay(6_000)
                    if (number == 1) throw one
                    emit("ok")
                }
                clientOf(provider) { hedging { after = 5.seconds } }.generate("Hi") shouldBe "ok"
                val both = Answers { number, _ ->
                    delay(6_000)
                    throw if (number == 1) one else serverError()
                }
                shouldThrow<ServerException> { clientOf(both) { hedging { after = 5.seconds } }.generate("Hi") }.message shouldBe
                    one.message
            }
        }

        test("a failure before the time is a failure") {
            runTest {
                val provider = Answers { _, _ -> throw serverError() }
                shouldThrow<ServerException> { clientOf(provider) { hedging { after = 5.seconds } }.generate("Hi") }
                provider.count shouldBe 1
            }
        }

        test("no more than a share of all calls is hedged") {
            runTest {
                var hedges = 0
                val provider = Answers { _, _ ->
                    delay(10_000)
                    emit("ok")
                }
                val client = clientOf(provider) {
                    hedging {
                        after = 1.seconds
                        share = 0.1
                    }
                    listener { _, event -> if (event is CallEvent.Hedged) hedges++ }
                }
                List(1_000) { async { client.generate("Hi") } }.awaitAll()
                hedges shouldBeLessThanOrEqualTo 110
                (hedges >= 100) shouldBe true
            }
        }

        test("without a time of its own it takes what most calls have needed") {
            runTest {
                var isSlow = false
                val provider = Answers { number, _ ->
                    delay(if (isSlow) 60_000L else 900L + number % 100)
                    emit("ok")
                }
                val client = clientOf(provider) {
                    hedging()
                    listener { _, event -> if (event is CallEvent.Hedged) isSlow = false }
                }
                repeat(100) { client.generate("Hi") }
                isSlow = true
                val before = currentTime
                client.generate("Hi")
                // The wait, and the other's answer.
                (currentTime - before).shouldBeInRange(1_890L..2_000L)
            }
        }

        test("a slow reader makes neither of them run ahead") {
            runTest {
                var sent = 0
                val provider = Answers { _, _ ->
                    repeat(1_000) {
                        emit("x")
                        sent++
                    }
                }
                var seen = 0
                clientOf(provider) { hedging { after = 5.seconds } }.streamText("Hi").collect {
                    seen++
                    delay(10)
                    (sent - seen <= 2) shouldBe true
                }
            }
        }

        test("waiting for a turn is no taking long") {
            runTest {
                var hedges = 0
                val provider = Answers { _, _ ->
                    delay(2.seconds)
                    emit("ok")
                }
                val client = clientOf(provider) {
                    hedging { after = 5.seconds }
                    maxConcurrency(1)
                    listener { _, event -> if (event is CallEvent.Hedged) hedges++ }
                }
                List(20) { async { client.generate("Hi") } }.awaitAll()
                hedges shouldBe 0
                currentTime shouldBe 40_000
            }
        }

        test("what is usual for one kind of calls is not for another, and a failure is not usual") {
            runTest {
                var hedges = 0
                var isDown = false
                val provider = Answers { _, request ->
                    if (isDown) throw serverError()
                    delay(if (request.options.model == "large") 10_000 else 100)
                    emit("ok")
                }
                val client = clientOf(provider) {
                    hedging()
                    listener { _, event -> if (event is CallEvent.Hedged) hedges++ }
                }
                repeat(50) { client.generate("Hi") { model = "small" } }
                client.generate("Hi") { model = "large" }
                repeat(50) { client.generate("Hi") { model = "large" } }
                isDown = true
                repeat(500) { shouldThrow<ServerException> { client.generate("Hi") { model = "large" } } }
                isDown = false
                client.generate("Hi") { model = "large" }
                hedges shouldBe 0
            }
        }

        test("a loser that fails on its way out is nobody's business") {
            runTest {
                val loud = mutableListOf<Throwable>()
                val provider = Answers { number, _ ->
                    if (number == 1) {
                        try {
                            awaitCancellation()
                        } finally {
                            throw serverError()
                        }
                    }
                    emit("from $number")
                }
                val client = clientOf(provider) { hedging { after = 5.seconds } }
                withContext(CoroutineExceptionHandler { _, e -> loud += e }) { client.generate("Hi") } shouldBe "from 2"
                loud shouldBe emptyList()
            }
        }
    })
