package dev.tandem.transport

import dev.tandem.AiClient
import dev.tandem.KEY
import dev.tandem.error.NotFoundException
import dev.tandem.error.TimeLimitException
import dev.tandem.model.Timer
import dev.tandem.platform.Phases
import dev.tandem.platform.Phases.Phase
import dev.tandem.provider.openai.OpenAi
import dev.tandem.resilience.RetryPolicy
import dev.tandem.testing.OpenAiReplies
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.ktor.client.engine.mock.MockEngine
import io.ktor.client.engine.mock.MockEngineConfig
import io.ktor.client.engine.mock.MockRequestHandleScope
import io.ktor.client.engine.mock.respond
import io.ktor.client.request.HttpRequestData
import io.ktor.client.request.HttpResponseData
import io.ktor.http.HttpStatusCode
import io.ktor.utils.io.ByteChannel
import io.ktor.utils.io.ByteReadChannel
import io.ktor.utils.io.writeStringUtf8
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.StandardTestDispatcher
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.withTimeoutOrNull
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds

/** Each timer on a clock of the test's own: by its default, and by what the user sets. */
class TimersSpec :
    FunSpec({
        suspend fun stuckIn(phase: Phase, request: HttpRequestData): HttpResponseData {
            request.attributes[Phases.KEY].enter(phase)
            awaitCancellation()
        }

        for ((phase, timer, default) in listOf(
            Triple(Phase.CONNECTING, Timer.CONNECT, 10.seconds),
            Triple(Phase.WRITING, Timer.WRITE, 1.minutes),
            Triple(Phase.WAITING, Timer.FIRST_BYTE, 10.minutes),
        )) {
            test("stuck while $phase: the $timer timer, after $default unless set") {
                runTest { shouldEndBy(timer, default, clientOf { stuckIn(phase, it) }) { generate("Hi") } }
                runTest { shouldEndBy(timer, 3.seconds, clientOf(timer to 3.seconds) { stuckIn(phase, it) }) { stream("Hi").toList() } }
            }
        }

        test("each phase has its time for itself") {
            runTest {
                val client =
                    clientOf { request ->
                        for (phase in Phase.entries) {
                            request.attributes[Phases.KEY].enter(phase)
                            delay(9.seconds)
                        }
                        respond(OPENING + END)
                    }
                client.streamText("Hi").toList() shouldBe listOf("a")
                currentTime shouldBe 27_000
            }
        }

        test("S30 comments only: the FIRST_EVENT timer, although the IDLE timer does not run out") {
            runTest {
                val client = clientOf { respond(trickle(this@runTest, 1.seconds, List(2_000) { ": ping\n\n" })) }
                shouldEndBy(Timer.FIRST_EVENT, 10.minutes, client) { stream("Hi").toList() }
            }
        }

        test("a stream without a first byte: the IDLE timer, since it is the shorter") {
            runTest { shouldEndBy(Timer.IDLE, 5.minutes, clientOf { respond(ByteChannel()) }) { stream("Hi").toList() } }
        }

        test("silence in mid-stream: the IDLE timer, with what had arrived") {
            runTest {
                val client = clientOf { respond(trickle(this@runTest, 1.minutes, listOf(OPENING))) }
                shouldEndBy(Timer.IDLE, 6.minutes, client) { stream("Hi").toList() }.partial!!.text shouldBe "a"
            }
        }

        test("S09 a comment is a sign of life") {
            runTest {
                val client = clientOf { respond(trickle(this@runTest, 4.minutes, listOf(OPENING, ": ping\n\n", ": ping\n\n", END))) }
                client.streamText("Hi").toList() shouldBe listOf("a")
                currentTime.milliseconds.inWholeMinutes shouldBe 16
            }
        }

        test("silence within a plain answer: the IDLE timer") {
            runTest {
                val client = clientOf { respond(trickle(this@runTest, 1.seconds, listOf("{\"choices\":"))) }
                shouldEndBy(Timer.IDLE, 301.seconds, client) { generate("Hi") }
            }
        }

        test("a caller whose own time is over at the same moment is told so, and nothing else") {
            runTest {
                val client = clientOf(Timer.FIRST_BYTE to 3.seconds) { awaitCancellation() }
                withTimeoutOrNull(3.seconds) { client.generate("Hi") } shouldBe null
                val streaming = clientOf(Timer.IDLE to 3.seconds) { respond(ByteChannel()) }
                withTimeoutOrNull(3.seconds) { streaming.stream("Hi").toList() } shouldBe null
            }
        }

        test("an answer that is whole is not ended by the IDLE timer, although its connection says nothing more") {
            runTest {
                val client =
                    clientOf(Timer.IDLE to 30.milliseconds) { respond(trickle(this@runTest, 20.milliseconds, listOf(OPENING + END))) }
                client.streamText("Hi").toList() shouldBe listOf("a")
            }
        }

        test("a rejection is told, although its words stop coming for longer than the IDLE timer") {
            runTest {
                val client = clientOf(Timer.IDLE to 2.seconds) {
                    respond(trickle(this@runTest, 1.seconds, listOf("{\"error\":")), HttpStatusCode.NotFound)
                }
                shouldThrow<NotFoundException> { client.generate("Hi") }
            }
        }

        test("the TOTAL timer has no limit unless set, and says what had arrived") {
            runTest {
                val client = clientOf(Timer.TOTAL to 20.minutes) { respond(trickle(this@runTest, 1.minutes, List(60) { OPENING })) }
                shouldEndBy(Timer.TOTAL, 20.minutes, client) { stream("Hi").toList() }.partial!!.text shouldContain "aaa"
            }
        }
    })

private val OPENING = OpenAiReplies.chunks("a").joinToString("")
private val END = OpenAiReplies.event("[DONE]")

/** A client whose HTTP lives on the clock of the test. */
private fun TestScope.clientOf(
    limit: Pair<Timer, Duration>? = null,
    handler: suspend MockRequestHandleScope.(HttpRequestData) -> HttpResponseData,
): AiClient {
    val config =
        MockEngineConfig().apply {
            dispatcher = StandardTestDispatcher(testScheduler)
            addHandler(handler)
        }
    return AiClient(OpenAi(KEY)) {
        engine = MockEngine(config)
        retry = RetryPolicy.NONE
        limit?.let { (timer, time) -> timer(timer, time) }
    }
}

/** [pieces], each [pause] after the one before, and then nothing more. */
private fun trickle(scope: TestScope, pause: Duration, pieces: List<String>): ByteReadChannel {
    val channel = ByteChannel(autoFlush = true)
    scope.backgroundScope.launch {
        for (piece in pieces) {
            delay(pause)
            channel.writeStringUtf8(piece)
        }
    }
    return channel
}

private suspend fun TestScope.shouldEndBy(
    timer: Timer,
    after: Duration,
    client: AiClient,
    call: suspend AiClient.() -> Unit,
): TimeLimitException {
    val error = shouldThrow<TimeLimitException> { client.call() }
    error.timer shouldBe timer
    error.isRetryable shouldBe true
    error.message!! shouldContain "$timer"
    currentTime shouldBe after.inWholeMilliseconds
    return error
}
