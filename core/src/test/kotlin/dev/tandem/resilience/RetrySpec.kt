package dev.tandem.resilience

import dev.tandem.AiClient
import dev.tandem.ClientBuilder
import dev.tandem.error.AiException
import dev.tandem.error.ErrorDetails
import dev.tandem.error.InvalidRequestException
import dev.tandem.error.RateLimitedException
import dev.tandem.error.ServerException
import dev.tandem.error.TimeLimitException
import dev.tandem.generate
import dev.tandem.model.Timer
import dev.tandem.pipeline.CallEvent
import dev.tandem.retry
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.comparables.shouldBeLessThanOrEqualTo
import io.kotest.matchers.shouldBe
import io.kotest.property.Arb
import io.kotest.property.arbitrary.enum
import io.kotest.property.arbitrary.int
import io.kotest.property.arbitrary.long
import io.kotest.property.arbitrary.numericDouble
import io.kotest.property.checkAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.StandardTestDispatcher
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import kotlin.random.Random
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds

/** On a clock of the test's own. */
fun TestScope.clientOf(provider: Answers, configure: AiClient.Builder.() -> Unit = {}): AiClient = AiClient(provider) {
    clock = testScheduler.timeSource
    background = StandardTestDispatcher(testScheduler)
    random = Random(1)
    retry = RetryPolicy.NONE
    configure()
}

private fun ClientBuilder<*>.steady(attempts: Int) = retry {
    maxAttempts = attempts
    firstPause = 1.seconds
    jitter = Jitter.NONE
}

class RetrySpec :
    FunSpec({
        test("what fails for now is tried again, each pause twice as long as the one before") {
            runTest {
                val times = mutableListOf<Long>()
                val provider = Answers { number, _ ->
                    times += currentTime
                    if (number < 4) throw serverError()
                    emit("ok")
                }
                clientOf(provider) { steady(4) }.generate("Hi") shouldBe "ok"
                times shouldContainExactly listOf(0L, 1_000L, 3_000L, 7_000L)
            }
        }

        test("the last failure comes out, and says how often it was tried") {
            runTest {
                val provider = Answers { _, _ -> throw serverError() }
                val error = shouldThrow<ServerException> { clientOf(provider) { steady(3) }.generate("Hi") }
                error.attempts shouldBe 3
                provider.count shouldBe 3
            }
        }

        test("what cannot succeed is not tried again") {
            runTest {
                val provider = Answers { _, _ -> throw InvalidRequestException("no", ErrorDetails.NONE) }
                shouldThrow<InvalidRequestException> { clientOf(provider) { steady(5) }.generate("Hi") }.attempts shouldBe 1
                provider.count shouldBe 1
            }
        }

        test("the provider's word on it counts more than the type") {
            runTest {
                val provider = Answers { _, _ -> throw ServerException("no", ErrorDetails.builder().isRetryable(false).build(), null) }
                shouldThrow<ServerException> { clientOf(provider) { steady(5) }.generate("Hi") }
                provider.count shouldBe 1
            }
        }

        test("a provider that asks for a longer pause gets it") {
            runTest {
                val provider = Answers { number, _ -> if (number == 1) throw serverError(20.seconds) else emit("ok") }
                clientOf(provider) { steady(2) }.generate("Hi") shouldBe "ok"
                currentTime shouldBe 20_000
            }
        }

        test("a pause beyond all patience fails now, and says how long it would be") {
            runTest {
                val provider = Answers { _, _ -> throw serverError(5.minutes) }
                val error = shouldThrow<ServerException> { clientOf(provider) { steady(5) }.generate("Hi") }
                error.retryAfter shouldBe 5.minutes
                currentTime shouldBe 0
                provider.count shouldBe 1
            }
        }

        test("a stream is tried again before its first item, and never after it") {
            runTest {
                val provider = Answers { number, _ ->
                    if (number == 1) throw serverError()
                    emit("a")
                    throw serverError()
                }
                val seen = mutableListOf<String>()
                shouldThrow<ServerException> { clientOf(provider) { steady(5) }.streamText("Hi").collect { seen += it } }
                seen shouldBe listOf("a")
                provider.count shouldBe 2
            }
        }

        test("a failure of whoever collects is his own") {
            runTest {
                val mine = serverError()
                val provider = Answers { _, _ -> emit("a") }
                shouldThrow<AiException> { clientOf(provider) { steady(5) }.streamText("Hi").collect { throw mine } } shouldBe mine
                provider.count shouldBe 1
            }
        }

        test("there is no pause that the deadline would cut") {
            runTest {
                val provider = Answers { _, _ -> throw serverError() }
                shouldThrow<ServerException> { clientOf(provider) { steady(9) }.generate("Hi") { timeout = 6.seconds } }.attempts shouldBe 3
                currentTime shouldBe 3_000
            }
        }

        test("attempts and pauses together end with the deadline") {
            runTest {
                val provider = Answers { _, _ ->
                    kotlinx.coroutines.delay(4_000)
                    throw serverError()
                }
                val error = shouldThrow<TimeLimitException> { clientOf(provider) { steady(9) }.generate("Hi") { timeout = 7.seconds } }
                error.timer shouldBe Timer.TOTAL
                currentTime shouldBe 7_000
            }
        }

        test("a caller who gives up in a pause is let go at once, and nothing more is sent") {
            runTest {
                val provider = Answers { _, _ -> throw serverError() }
                val client = clientOf(provider) { steady(5) }
                val call = launch { client.generate("Hi") }
                runCurrent()
                call.cancelAndJoin()
                currentTime shouldBe 0
                provider.count shouldBe 1
                client.stats().cancelled shouldBe 1
            }
        }

        test("in an outage a client soon stops to try everything again") {
            runTest {
                val provider = Answers { _, _ -> throw serverError() }
                val client = clientOf(provider) {
                    retry {
                        maxAttempts = 3
                        firstPause = Duration.ZERO
                    }
                }
                repeat(1_000) { shouldThrow<ServerException> { client.generate("Hi") } }
                // A fifth of all calls, and the reserve of one that has only begun.
                provider.count shouldBeLessThanOrEqualTo 1_211
            }
        }

        test("listeners hear of each pause") {
            runTest {
                val events = mutableListOf<CallEvent>()
                val provider = Answers { number, _ -> if (number == 1) throw tooMany(2.seconds) else emit("ok") }
                clientOf(provider) {
                    steady(2)
                    listener { _, event -> events += event }
                }.generate("Hi")
                val retrying = events.filterIsInstance<CallEvent.Retrying>().single()
                retrying.pause shouldBe 2.seconds
                (retrying.error is RateLimitedException) shouldBe true
            }
        }

        test("embeddings are tried again as all calls are") {
            runTest {
                val provider = Answers { _, _ -> }
                provider.whenEmbedding = { number -> if (number == 1) throw serverError() }
                clientOf(provider) { steady(2) }.embed("Hi").dimensions shouldBe 2
                provider.count shouldBe 2
            }
        }

        test("pauses lie where the jitter says, never beyond the longest") {
            checkAll(Arb.enum<Jitter>(), Arb.int(1..12), Arb.numericDouble(1.0, 4.0), Arb.long()) { jitter, attempts, factor, seed ->
                val policy = RetryPolicy
                    .builder()
                    .firstPauseMillis(100)
                    .maxPauseMillis(5_000)
                    .factor(factor)
                    .jitter(jitter)
                    .build()
                var whole = 100.0
                repeat(attempts - 1) { whole = minOf(whole * factor, 1e9) }
                val most = minOf(whole, 5_000.0)
                val least = when (jitter) {
                    Jitter.NONE -> most
                    Jitter.HALF -> most / 2
                    Jitter.FULL -> 0.0
                }
                val pause = policy.pauseAfter(attempts, Random(seed))
                (pause >= least.milliseconds - 1.milliseconds) shouldBe true
                (pause <= most.milliseconds + 1.milliseconds) shouldBe true
            }
        }

        test("a stream whose retry succeeds is whole") {
            runTest {
                val provider = Answers { number, _ ->
                    if (number == 1) throw serverError()
                    emit("a")
                    emit("b")
                }
                clientOf(provider) { steady(2) }.streamText("Hi").toList() shouldBe listOf("a", "b")
            }
        }
    })
