package dev.tandem.resilience

import dev.tandem.AiClient
import dev.tandem.ScriptedTarget
import dev.tandem.error.TimeLimitException
import dev.tandem.generate
import dev.tandem.model.Timer
import dev.tandem.model.options
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.delay
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.withTimeout
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

class DeadlineSpec :
    FunSpec({
        fun client(latencyMillis: Long) = AiClient(ScriptedTarget(latencyMillis, "a", "b", "c").provider())

        test("a call that takes too long is ended on the dot") {
            runTest {
                val error = shouldThrow<TimeLimitException> { client(5_000).generate("Hi") { timeout = 2.seconds } }
                currentTime shouldBe 2_000
                error.timer shouldBe Timer.TOTAL
                error.isRetryable shouldBe true
            }
        }

        test("a call in time is left alone") {
            runTest { client(100).generate("Hi") { timeout = 2.seconds } shouldBe "abc" }
        }

        test("a stream hands out what came in time") {
            runTest {
                val seen = mutableListOf<String>()
                shouldThrow<TimeLimitException> {
                    client(100).streamText("Hi", options { timeout = 250.milliseconds }).collect { seen += it }
                }
                seen shouldContainExactly listOf("a", "b")
            }
        }

        test("the time of a slow reader counts") {
            runTest {
                shouldThrow<TimeLimitException> {
                    client(0).streamText("Hi", options { timeout = 250.milliseconds }).collect { delay(200) }
                }
            }
        }

        test("a timeout of the caller's own stays the caller's") {
            runTest {
                shouldThrow<TimeoutCancellationException> {
                    withTimeout(100) { client(5_000).generate("Hi") { timeout = 2.seconds } }
                }
                currentTime shouldBe 100
            }
        }
    })
