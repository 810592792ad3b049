package dev.tandem.resilience

import dev.tandem.circuitBreaker
import dev.tandem.error.AiException
import dev.tandem.error.CircuitOpenException
import dev.tandem.error.ErrorDetails
import dev.tandem.error.InvalidRequestException
import dev.tandem.error.ServerException
import dev.tandem.pipeline.CallEvent
import dev.tandem.pipeline.CircuitState
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.advanceTimeBy
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

class CircuitBreakerSpec :
    FunSpec({
        test("after so many failures in a row nothing is sent, until a probe succeeds") {
            runTest {
                var isWell = false
                val provider = Answers { _, _ -> if (isWell) emit("ok") else throw serverError() }
                val states = mutableListOf<CircuitState>()
                val client = clientOf(provider) {
                    circuitBreaker {
                        failures = 3
                        pause = 10.seconds
                    }
                    listener { _, event -> if (event is CallEvent.CircuitChanged) states += event.state }
                }
                repeat(3) { shouldThrow<ServerException> { client.generate("Hi") } }
                val error = shouldThrow<CircuitOpenException> { client.generate("Hi") }
                error.retryAfter shouldBe 10.seconds
                error.message!! shouldContain "failed 3 times in a row"
                provider.count shouldBe 3
                client.stats().circuit shouldBe CircuitState.OPEN

                delay(10_000)
                client.stats().circuit shouldBe CircuitState.HALF_OPEN
                shouldThrow<ServerException> { client.generate("Hi") }
                shouldThrow<CircuitOpenException> { client.generate("Hi") }

                delay(10_000)
                isWell = true
                client.generate("Hi") shouldBe "ok"
                client.stats().circuit shouldBe CircuitState.CLOSED
                states shouldContainExactly
                    listOf(CircuitState.OPEN, CircuitState.HALF_OPEN, CircuitState.OPEN, CircuitState.HALF_OPEN, CircuitState.CLOSED)
            }
        }

        test("a success in between begins the count anew") {
            runTest {
                val provider = Answers { number, _ -> if (number % 3 == 0) emit("ok") else throw serverError() }
                val client = clientOf(provider) { circuitBreaker { failures = 3 } }
                repeat(30) { runCatching { client.generate("Hi") } }
                provider.count shouldBe 30
            }
        }

        test("what is wrong with a request says nothing about the target, nor does whoever gives up") {
            runTest {
                val provider = Answers { number, _ ->
                    if (number % 2 == 0) delay(60_000)
                    throw InvalidRequestException("no", ErrorDetails.NONE)
                }
                val client = clientOf(provider) { circuitBreaker { failures = 1 } }
                repeat(5) {
                    shouldThrow<InvalidRequestException> { client.generate("Hi") }
                    val call = launch { client.generate("Hi") }
                    runCurrent()
                    call.cancelAndJoin()
                }
                client.stats().circuit shouldBe CircuitState.CLOSED
            }
        }

        test("no more probes than allowed go at the same time, and one that is given up makes room for another") {
            runTest {
                var isWell = false
                val provider = Answers { _, _ ->
                    if (!isWell) throw serverError()
                    delay(1_000)
                    emit("ok")
                }
                val client = clientOf(provider) {
                    circuitBreaker {
                        failures = 1
                        pause = 10.seconds
                        probes = 2
                    }
                }
                shouldThrow<ServerException> { client.generate("Hi") }
                advanceTimeBy(10_000.milliseconds)
                isWell = true
                val given = launch { client.generate("Hi") }
                val first = async { client.generate("Hi") }
                runCurrent()
                shouldThrow<CircuitOpenException> { client.generate("Hi") }
                given.cancelAndJoin()
                val second = async { client.generate("Hi") }
                first.await()
                second.await()
                client.stats().circuit shouldBe CircuitState.CLOSED
            }
        }

        test("a call that was begun before the breaker opened does not close it") {
            runTest {
                val provider = Answers { number, _ ->
                    if (number == 1) {
                        delay(15_000)
                        emit("late")
                    } else {
                        throw serverError()
                    }
                }
                val client = clientOf(provider) {
                    circuitBreaker {
                        failures = 2
                        pause = 30.seconds
                    }
                }
                val slow = async { client.generate("Hi") }
                runCurrent()
                repeat(2) { shouldThrow<ServerException> { client.generate("Hi") } }
                slow.await() shouldBe "late"
                client.stats().circuit shouldBe CircuitState.OPEN
            }
        }

        test("the first piece of a probe says enough, whoever reads the rest, or leaves") {
            runTest {
                var isWell = false
                val provider = Answers { _, _ ->
                    if (!isWell) throw serverError()
                    emit("a")
                    delay(1.seconds)
                    emit("b")
                }
                val client = clientOf(provider) { circuitBreaker { failures = 1 } }
                shouldThrow<ServerException> { client.generate("Hi") }
                delay(30.seconds)
                isWell = true
                val slow = launch { client.streamText("Hi").collect { delay(600.seconds) } }
                runCurrent()
                client.stats().circuit shouldBe CircuitState.CLOSED
                slow.cancelAndJoin()
            }
        }

        test("a target that says no is well") {
            runTest {
                val provider = Answers { number, _ -> throw if (number == 2) tooMany() else serverError() }
                val client = clientOf(provider) {
                    obeysLimits = false
                    circuitBreaker { failures = 2 }
                }
                repeat(3) { shouldThrow<AiException> { client.generate("Hi") } }
                client.stats().circuit shouldBe CircuitState.CLOSED
            }
        }
    })
