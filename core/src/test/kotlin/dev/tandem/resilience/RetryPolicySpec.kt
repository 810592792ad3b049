package dev.tandem.resilience

import arrow.resilience.Schedule
import arrow.resilience.retry
import dev.tandem.error.ErrorDetails
import dev.tandem.error.InvalidRequestException
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.comparables.shouldBeLessThanOrEqualTo
import io.kotest.matchers.shouldBe
import io.kotest.property.Arb
import io.kotest.property.arbitrary.int
import io.kotest.property.arbitrary.numericDouble
import io.kotest.property.checkAll
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.withTimeout
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds
import kotlin.time.measureTime

/** A policy by itself, around whatever may fail. */
class RetryPolicySpec :
    FunSpec({
        class Flaky : Exception("not now")

        fun policy(configure: RetryPolicy.Builder.() -> Unit = {}) = RetryPolicy
            .builder()
            .apply {
                jitter = Jitter.NONE
                retryIf { it is Flaky }
                configure()
            }.build()

        test("any suspend function is tried again, and is told which attempt it is") {
            runTest {
                val attempts = mutableListOf<Int>()
                val result = policy().run {
                    attempts += it
                    if (it < 3) throw Flaky()
                    "done"
                }
                result shouldBe "done"
                attempts shouldContainExactly listOf(1, 2, 3)
                currentTime shouldBe 1_500
            }
        }

        test("what nobody named is not tried again, nor what can never succeed, nor what was cancelled") {
            runTest {
                var attempts = 0
                shouldThrow<IllegalStateException> { policy().run { check(attempts++ < 0) } }
                shouldThrow<InvalidRequestException> {
                    policy().run {
                        attempts++
                        throw InvalidRequestException("no", ErrorDetails.NONE)
                    }
                }
                shouldThrow<TimeoutCancellationException> {
                    policy { retryIf { true } }.run {
                        attempts++
                        withTimeout(10) { delay(1_000) }
                    }
                }
                attempts shouldBe 3
            }
        }

        test("a flow is tried again before its first item, and never after it") {
            runTest {
                var count = 0
                val flaky = flow {
                    count++
                    if (count < 3) throw Flaky()
                    emit(1)
                    throw Flaky()
                }
                val seen = mutableListOf<Int>()
                shouldThrow<Flaky> { policy().around(flaky).collect { seen += it } }
                seen shouldContainExactly listOf(1)
                count shouldBe 3
                policy().around(flow { emit(7) }).toList() shouldContainExactly listOf(7)
            }
        }

        test("pauses are those of another library's schedule") {
            checkAll(200, Arb.int(1..2_000), Arb.numericDouble(1.0, 4.0), Arb.int(1..8)) { first, factor, attempts ->
                runTest {
                    val ours = policy {
                        firstPause = first.milliseconds
                        this.factor = factor
                        maxPause = Int.MAX_VALUE.seconds
                        maxAttempts = attempts + 1
                    }
                    val theirs = Schedule.exponential<Throwable>(first.milliseconds, factor) and Schedule.recurs(attempts.toLong())
                    val ourTime = testScheduler.timeSource.measureTime { shouldThrow<Flaky> { ours.run { throw Flaky() } } }
                    val theirTime = testScheduler.timeSource.measureTime { shouldThrow<Flaky> { theirs.retry { throw Flaky() } } }
                    // Each pause is whole milliseconds.
                    (ourTime - theirTime).absoluteValue shouldBeLessThanOrEqualTo attempts.milliseconds
                }
            }
        }
    })
