package dev.tandem.testing.script

import dev.tandem.AiClient
import dev.tandem.chat
import dev.tandem.error.AiException
import dev.tandem.error.IncompleteStreamException
import dev.tandem.error.OverloadedException
import dev.tandem.error.TimeLimitException
import dev.tandem.error.UnauthorizedException
import dev.tandem.model.ChatEvent
import dev.tandem.model.FinishReason
import dev.tandem.model.Message
import dev.tandem.resilience.RateLimit
import dev.tandem.resilience.RetryPolicy
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.doubles.shouldBeGreaterThan
import io.kotest.matchers.ranges.shouldBeIn
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import java.util.concurrent.CompletableFuture
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

@OptIn(ExperimentalCoroutinesApi::class)
class ScriptedModelSpec :
    StringSpec({
        fun TestScope.clientOf(model: ScriptedModel, configure: AiClient.Builder.() -> Unit = {}) = AiClient(model) {
            clock = testScheduler.timeSource
            configure()
        }

        "says its lines one after the other, and then that there are no more" {
            val model = ScriptedModel.saying("Hello", "And bye")
            runTest {
                clientOf(model).use { ai ->
                    ai.generate("Hi") shouldBe "Hello"
                    model.remaining shouldBe 1
                    ai.generate("I have to go") shouldBe "And bye"
                    shouldThrow<IllegalStateException> { ai.generate("Still here?") }.message shouldContain
                        "has said all of its 2 replies and is asked 'Still here?': add reply(…)"
                }
            }
            model.requests.map { it.messages.last().text } shouldContainExactly listOf("Hi", "I have to go", "Still here?")
        }

        "a stream comes word by word, in its own time" {
            runTest {
                clientOf(ScriptedModel.saying(ScriptedReply.text("one  two three ").after(2.seconds).every(100.milliseconds))).use { ai ->
                    ai.streamText("Count").toList() shouldContainExactly listOf("one", "  two", " three ")
                }
                currentTime shouldBe 2_200
            }
        }

        "answers go to whom they are meant for, in whatever order they are asked" {
            val model = ScriptedModel
                .builder()
                .replyTo("Oslo", ScriptedReply.text("cold").after(3.seconds))
                .replyTo("Rome", "warm")
                .otherwise { ScriptedReply.text("no idea of ${it.messages.last().text}") }
                .build()
            runTest {
                clientOf(model).use { ai ->
                    listOf("Rome", "Oslo", "Ulm").map { async { ai.generate(it) } }.awaitAll() shouldContainExactly
                        listOf("warm", "cold", "no idea of Ulm")
                }
                currentTime shouldBe 3_000
            }
        }

        "faults are tried again as they would be, and their pauses take no time" {
            val model = ScriptedModel.saying(
                ScriptedReply.failure { Faults.rateLimited(30_000) },
                ScriptedReply.failure(Faults::overloaded),
                ScriptedReply.text("at last"),
            )
            runTest {
                clientOf(model) { retry = RetryPolicy.builder().maxAttempts(3).build() }.use { it.generate("Hi") shouldBe "at last" }
                currentTime shouldBeIn 30_000L..31_000L
            }
            shouldThrow<UnauthorizedException> {
                AiClient(ScriptedModel.saying(ScriptedReply.failure(Faults::unauthorized))).use { it.generate("Hi") }
            }
        }

        "an exception belongs to one call" {
            val model = ScriptedModel.builder().otherwise(ScriptedReply.failure(Faults::overloaded)).build()
            AiClient(model) { retry = RetryPolicy.NONE }.use { ai ->
                val failures = List(2) { shouldThrow<OverloadedException> { ai.generate("Hi") } }
                (failures[0] === failures[1]) shouldBe false
            }
        }

        "a limit on requests holds in virtual time" {
            runTest {
                clientOf(ScriptedModel.builder().otherwise(ScriptedReply.text("ok")).build()) {
                    rateLimit = RateLimit.builder().requestsPerMinute(2).build()
                }.use { ai -> List(5) { async { ai.generate("Hi $it") } }.awaitAll() }
                // Each window is a little longer than it must be.
                currentTime shouldBeIn 120_000L..121_000L
            }
        }

        "a timeout rings in virtual time" {
            runTest {
                clientOf(ScriptedModel.saying(ScriptedReply.silence())) { timeoutMillis(30_000) }.use { ai ->
                    shouldThrow<TimeLimitException> { ai.generate("Hi") }
                }
                currentTime shouldBe 30_000
            }
        }

        "a stream that breaks keeps what had come" {
            val failed = ScriptedModel.saying(
                ScriptedReply.pieces("Hel", "lo").thenBreak(),
                ScriptedReply.pieces("Hel", "lo").thenFail(Faults::connectionLost),
            )
            AiClient(failed).use { ai ->
                shouldThrow<IncompleteStreamException> { ai.streamText("Hi").toList() }.partial?.text shouldBe "Hello"
                shouldThrow<AiException> { ai.streamText("Hi").toList() }.message shouldContain "the connection was lost"
            }
        }

        "tools are asked for, and their results heard" {
            val model = ScriptedModel.saying(
                ScriptedReply.toolCall("weather", """{"city":"Oslo"}""").thenToolCall("time", "{}"),
                ScriptedReply
                    .text("Take a coat")
                    .thinking("cold…")
                    .usage(20, 5)
                    .finish(FinishReason.LENGTH),
            )
            AiClient(model).use { ai ->
                val asked = ai.chat { user("Do I need a coat?") }
                asked.toolCalls.map { it.name } shouldContainExactly listOf("weather", "time")
                asked.finishReason shouldBe FinishReason.TOOL_CALLS
                val answer = ai.chat {
                    user("Do I need a coat?")
                    message(asked.message)
                    asked.toolCalls.forEach { message(Message.tool(it.id, "-4 °C")) }
                }
                answer.message.reasoning shouldBe "cold…"
                answer.usage.totalTokens shouldBe 25
                answer.finishReason.isTruncated shouldBe true
            }
        }

        "gives its pieces when the test says so, and knows who went before the end" {
            val gate = CompletableFuture<Unit>()
            val model = ScriptedModel.saying(
                ScriptedReply.pieces("a").thenAwait(gate).thenText("b"),
                ScriptedReply.pieces("a").thenSilence(),
            )
            runTest {
                clientOf(model).use { ai ->
                    val heard = mutableListOf<String>()
                    val reading = launch { ai.streamText("Hi").collect { heard += it } }
                    runCurrent()
                    heard shouldContainExactly listOf("a")
                    gate.complete(Unit)
                    reading.join()
                    heard shouldContainExactly listOf("a", "b")
                    ai.streamText("Hi").first() shouldBe "a"
                }
            }
            model.awaitGivenUp()
        }

        "vectors are near where words are shared" {
            val model = ScriptedModel.builder().vectorsAfter(1.seconds).build()
            runTest {
                clientOf(model).use { ai ->
                    val (cats, cat, tax) = ai.embedMany(listOf("the black cat sleeps", "a black cat", "income tax forms"))
                    cats.cosine(cat) shouldBeGreaterThan 0.5
                    cats.cosine(tax) shouldBe 0.0
                }
                currentTime shouldBe 1_000
            }
            model.embeddingRequests
                .single()
                .inputs.size shouldBe 3
        }

        "the last event is the whole answer" {
            AiClient(ScriptedModel.saying("Hello you")).use { ai ->
                val end = ai.stream("Hi").toList().last() as ChatEvent.Completed
                end.response.text shouldBe "Hello you"
                end.response.usage.outputTokens shouldBe 2
            }
        }

        "wrong settings are refused at once" {
            shouldThrow<IllegalArgumentException> { ScriptedReply.text("a").after((-1).seconds) }.message shouldContain "-1s"
            shouldThrow<IllegalArgumentException> { ScriptedModel.builder().name(" ") }.message shouldContain "' '"
            shouldThrow<IllegalArgumentException> { ScriptedModel.builder().replyTo("", "a") }.message shouldContain "otherwise"
        }
    })
