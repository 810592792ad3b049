package dev.tandem.resilience

import dev.tandem.AiClient
import dev.tandem.alternative
import dev.tandem.circuitBreaker
import dev.tandem.error.ContextLengthException
import dev.tandem.error.ErrorDetails
import dev.tandem.error.InvalidRequestException
import dev.tandem.error.ServerException
import dev.tandem.error.UnauthorizedException
import dev.tandem.generate
import dev.tandem.model.MediaRequest
import dev.tandem.model.Speech
import dev.tandem.model.SpeechRequest
import dev.tandem.model.options
import dev.tandem.pipeline.CallEvent
import dev.tandem.pipeline.Operation
import dev.tandem.pipeline.Target
import dev.tandem.provider.Provider
import dev.tandem.provider.Wire
import dev.tandem.provider.openai.OpenAi
import dev.tandem.testing.FakeServer
import dev.tandem.testing.Reply
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldNotContain
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.test.runTest
import kotlin.time.Duration.Companion.minutes

class FallbackSpec :
    FunSpec({
        fun failing(name: String, failure: () -> Throwable = { serverError() }) = Answers(name) { _, _ -> throw failure() }

        fun answering(name: String) = Answers(name) { _, _ -> emit(name) }

        test("one after the other is asked until one answers, each for its own model") {
            runTest {
                val second = failing("two") { UnauthorizedException("key", ErrorDetails.NONE, null) }
                val third = answering("three")
                val steps = mutableListOf<String>()
                val client = clientOf(failing("one")) {
                    alternative(second)
                    alternative(third) { model = "large" }
                    listener { _, event -> if (event is CallEvent.FellBack) steps += "${event.from} to ${event.to}" }
                }
                client.generate("Hi") shouldBe "three"
                client.streamText("Hi").toList() shouldBe listOf("three")
                second.requests.map { it.options.model } shouldBe listOf("fake-1", "fake-1")
                third.requests.map { it.options.model } shouldBe listOf("large", "large")
                steps.take(2) shouldContainExactly listOf("one to two", "two to three")
            }
        }

        test("when all fail, the last failure tells of those before") {
            runTest {
                val client = clientOf(failing("one")) { alternative(failing("two")) }
                val error = shouldThrow<ServerException> { client.generate("Hi") }
                error.suppressed.size shouldBe 1
            }
        }

        test("what another provider would refuse as well is not asked again, unless the user wants it") {
            runTest {
                val second = answering("two")
                shouldThrow<InvalidRequestException> {
                    clientOf(failing("one") { InvalidRequestException("no", ErrorDetails.NONE) }) { alternative(second) }.generate("Hi")
                }
                second.count shouldBe 0
                clientOf(failing("one") { ContextLengthException("long", ErrorDetails.NONE) }) {
                    alternative(second)
                    alternativeFor { it is ContextLengthException }
                }.generate("Hi") shouldBe "two"
            }
        }

        test("a stream that has begun is not begun anew elsewhere") {
            runTest {
                val second = answering("two")
                val first = Answers("one") { _, _ ->
                    emit("a")
                    throw serverError()
                }
                shouldThrow<ServerException> { clientOf(first) { alternative(second) }.streamText("Hi").toList() }
                second.count shouldBe 0
            }
        }

        test("an open breaker is passed over without asking") {
            runTest {
                val first = failing("one")
                val client = clientOf(first) {
                    alternative(answering("two"))
                    circuitBreaker {
                        failures = 2
                        pause = 1.minutes
                    }
                }
                repeat(10) { client.generate("Hi") shouldBe "two" }
                first.count shouldBe 2
            }
        }

        test("by weight: each gets its share") {
            runTest {
                val one = answering("one")
                val two = answering("two")
                val client = clientOf(one) {
                    alternative(two) { weight = 3 }
                    routing = Routing.WEIGHTED
                }
                repeat(2_000) { client.generate("Hi") }
                two.count / 2_000.0 shouldBe (0.75 plusOrMinus 0.05)
            }
        }

        test("one conversation stays with one of them") {
            runTest {
                val client = clientOf(answering("one")) {
                    alternative(answering("two"))
                    routing = Routing.WEIGHTED
                }
                val answers = List(50) { i -> List(5) { client.generate("Hi", options { conversation = "talk $i" }) }.distinct().single() }
                answers.distinct().size shouldBe 2
            }
        }

        test("the least busy one is asked") {
            runTest {
                fun slow(name: String, millis: Long) = Answers(name) { _, _ ->
                    delay(millis)
                    emit(name)
                }
                val slow = slow("slow", 9_000)
                val fast = slow("fast", 1_000)
                val client = clientOf(slow) {
                    alternative(fast)
                    routing = Routing.LEAST_LOADED
                }
                List(10) {
                    async {
                        repeat(10) { client.generate("Hi") }
                    }
                }.awaitAll()
                (fast.count > slow.count * 3) shouldBe true
            }
        }

        test("media are asked of whoever has them, without what the client says to chats") {
            FakeServer.start().use { server ->
                server.enqueue(Reply.inPieces(200, "audio/mpeg", listOf(byteArrayOf(1))))
                val client = AiClient(answering("one")) {
                    alternative(
                        OpenAi
                            .builder()
                            .apiKey("sk-test")
                            .baseUrl(server.url)
                            .build(),
                    )
                    extra("parallel_tool_calls", false)
                }
                client.speak(SpeechRequest.of("Hi")).bytes shouldBe byteArrayOf(1)
                server.requests.single().body shouldNotContain "parallel_tool_calls"
            }
        }

        test("the first is asked for media all the same: it may need no model to be named") {
            val own = object : Target by answering("one") {
                override fun media(operation: Operation<*>, request: MediaRequest): Flow<Any> = flowOf(Speech(byteArrayOf(7), "audio/mpeg"))
            }
            val provider = object : Provider {
                override val name = "own"

                override fun connect(wire: Wire): Target = own
            }
            AiClient(provider) { alternative(OpenAi("sk-test")) }.use { it.speak(SpeechRequest.of("Hi")).bytes shouldBe byteArrayOf(7) }
        }

        test("vectors come from one model, unless another is named for them") {
            runTest {
                fun down() = failing("one").apply { whenEmbedding = { throw serverError() } }
                val other = answering("two")
                shouldThrow<ServerException> { clientOf(down()) { alternative(other) }.embed("Hi") }
                other.count shouldBe 0
                clientOf(down()) { alternative(other) { embeddingModel = "fake-embed" } }.embed("Hi").dimensions shouldBe 2
                other.count shouldBe 1
            }
        }
    })
