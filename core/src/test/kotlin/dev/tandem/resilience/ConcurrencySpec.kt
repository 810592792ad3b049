package dev.tandem.resilience

import dev.tandem.generate
import dev.tandem.maxConcurrency
import dev.tandem.pipeline.CallEvent
import dev.tandem.retry
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.comparables.shouldBeGreaterThan
import io.kotest.matchers.comparables.shouldBeLessThan
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import kotlin.time.Duration.Companion.seconds

class ConcurrencySpec :
    FunSpec({
        test("so many at once, and not one more; who waits is told how long it was") {
            runTest {
                var underWay = 0
                var most = 0
                val waits = mutableListOf<Long>()
                val provider = Answers { _, _ ->
                    most = maxOf(most, ++underWay)
                    delay(1_000)
                    underWay--
                    emit("ok")
                }
                val client = clientOf(provider) {
                    maxConcurrency(3)
                    listener { _, event -> if (event is CallEvent.Waited) waits += event.millis }
                }
                List(9) { async { client.generate("Hi") } }.awaitAll()
                most shouldBe 3
                currentTime shouldBe 3_000
                waits shouldContainExactly List(3) { 1_000L } + List(3) { 2_000L }
            }
        }

        test("a permit is held to the end of a stream, and given back by whoever gives up") {
            runTest {
                val provider = Answers { _, _ ->
                    emit("a")
                    delay(10_000)
                    emit("b")
                }
                val client = clientOf(provider) { maxConcurrency(1) }
                val first = launch { client.streamText("Hi").collect {} }
                val second = async { client.generate("Hi").also { } }
                runCurrent()
                provider.count shouldBe 1
                first.cancelAndJoin()
                runCurrent()
                provider.count shouldBe 2
                second.await()
            }
        }

        test("as many at once as go well: the provider's own limit is found, and kept") {
            runTest {
                var underWay = 0
                var refusals = 0
                val provider = Answers { _, _ ->
                    underWay++
                    try {
                        delay(1_000)
                        if (underWay > 20) {
                            refusals++
                            throw tooMany(1.seconds)
                        }
                        emit("ok")
                    } finally {
                        underWay--
                    }
                }
                val client = clientOf(provider) {
                    concurrency = Concurrency.adaptive(200)
                    retry {
                        maxAttempts = 50
                        jitter = Jitter.NONE
                    }
                }
                List(2_000) { async { client.generate("Hi") } }.awaitAll()
                // 2,000 calls of a second, 20 at a time, would take 100 s.
                currentTime shouldBeLessThan 400_000
                refusals shouldBeLessThan 400
            }
        }

        test("answers that differ in length, and readers that take their time, are no reason to send less") {
            runTest {
                var underWay = 0
                var most = 0
                val provider = Answers { number, _ ->
                    most = maxOf(most, ++underWay)
                    emit("a")
                    delay((if (number % 2 == 0) 1_000L else 10_000L) + number * 37L % 900)
                    emit("b")
                    underWay--
                }
                val client = clientOf(provider) { concurrency = Concurrency.adaptive(100) }
                List(10_000) { i -> async { client.generate("call $i") } }.awaitAll()
                most = 0
                List(200) { i -> async { client.streamText("stream $i").collect { delay(if (i % 10 == 0) 60_000 else 0) } } }.awaitAll()
                most shouldBeGreaterThan 80
            }
        }

        test("when all take much longer than before, fewer go") {
            runTest {
                var underWay = 0
                val provider = Answers { _, _ ->
                    underWay++
                    delay(if (underWay > 20) 5_000 else 500)
                    underWay--
                    emit("ok")
                }
                val client = clientOf(provider) { concurrency = Concurrency.adaptive(500) }
                List(3_000) { i -> async { client.generate("call $i") } }.awaitAll()
                // All of it at 20 at a time takes 75 s, and at 500 at a time with five seconds each it takes less, but nobody knows.
                currentTime shouldBeLessThan 200_000
            }
        }
    })
