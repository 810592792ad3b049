package dev.tandem.provider.replicate

import dev.tandem.AiClient
import dev.tandem.KEY
import dev.tandem.error.ForbiddenException
import dev.tandem.error.IncompleteStreamException
import dev.tandem.error.ServerException
import dev.tandem.error.TimeLimitException
import dev.tandem.generate
import dev.tandem.model.ChatEvent
import dev.tandem.model.Usage
import dev.tandem.model.options
import dev.tandem.resilience.RetryPolicy
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.ktor.client.engine.mock.MockEngine
import io.ktor.client.engine.mock.MockEngineConfig
import io.ktor.client.engine.mock.respond
import io.ktor.http.HttpStatusCode
import io.ktor.http.headersOf
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.StandardTestDispatcher
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runTest
import kotlin.time.Duration.Companion.seconds

/** How a prediction is waited for, on a clock of the test's own. */
class PollingSpec :
    FunSpec({
        /** One server: what it was asked and when, and what it answers in turn, the last answer for ever. */
        class Scene(private val scope: TestScope, private vararg val states: String) {
            val asked = mutableListOf<String>()
            val times = mutableListOf<Long>()
            private var count = 0
            private val engine = MockEngine(
                MockEngineConfig().apply {
                    dispatcher = StandardTestDispatcher(scope.testScheduler)
                    addHandler { request ->
                        asked += "${request.method.value} ${request.url.encodedPath}"
                        times += scope.currentTime
                        val state = if (request.url.encodedPath.endsWith("/cancel")) "{}" else states[minOf(count++, states.lastIndex)]
                        val status = state.substringBefore(' ').toIntOrNull() ?: 200
                        val json = if (status == 200) state else state.substringAfter(' ')
                        respond(json, HttpStatusCode.fromValue(status), headersOf("Content-Type", "application/json"))
                    }
                },
            )
            val client = AiClient(Replicate(KEY)) {
                engine = this@Scene.engine
                model = "o/n"
                retry = RetryPolicy.NONE
            }
        }

        fun state(status: String, vararg output: String, more: String = "") =
            """{"id":"p1","status":"$status","output":${output.joinToString(",", "[", "]") { "\"$it\"" }}$more}"""

        test("P08 asks again, more and more seldom, until the end") {
            runTest {
                val scene =
                    Scene(
                        this,
                        state("starting"),
                        state("starting"),
                        state("processing"),
                        state("processing"),
                        state("succeeded", "a", "b"),
                    )
                scene.client.generate("Hi") shouldBe "ab"
                scene.asked shouldContainExactly listOf("POST /v1/models/o/n/predictions") + List(4) { "GET /v1/predictions/p1" }
                scene.times shouldBe listOf(0L, 250L, 625L, 1188L, 2032L)
            }
        }

        test("P08b never waits longer than three seconds") {
            runTest {
                val states = List(20) { state("processing") } + state("succeeded", "a")
                val scene = Scene(this, *states.toTypedArray())
                scene.client.generate("Hi") shouldBe "a"
                scene.times.zipWithNext { one, next -> next - one }.max() shouldBe 3_000
            }
        }

        test("P09 a stream without a stream hands out what is new") {
            runTest {
                val scene = Scene(
                    this,
                    state("starting"),
                    state("processing", "a"),
                    state("processing", "a"),
                    state("processing", "a", "b", "c"),
                    state("succeeded", "a", "b", "c", "d", more = ""","metrics":{"input_token_count":3,"output_token_count":4}"""),
                )
                val events = scene.client.stream("Hi").toList()
                events.dropLast(1) shouldContainExactly
                    listOf(ChatEvent.Text("a"), ChatEvent.Text("bc"), ChatEvent.Text("d"), ChatEvent.UsageUpdate(Usage.of(3, 4)))
                (events.last() as ChatEvent.Completed).response.run {
                    text shouldBe "abcd"
                    usage shouldBe Usage.of(3, 4)
                }
            }
        }

        test("P10 an answer that takes back what it said is none") {
            runTest {
                val scene = Scene(this, state("processing", "a"), state("succeeded", "b"))
                shouldThrow<IncompleteStreamException> { scene.client.stream("Hi").toList() }.partial!!.text shouldBe "a"
            }
        }

        test("P11 a failure on the way changes nothing, four in a row do") {
            runTest {
                val scene =
                    Scene(this, state("starting"), "502 {}", "503 {}", "429 {}", state("processing"), "502 {}", state("succeeded", "a"))
                scene.client.generate("Hi") shouldBe "a"
                scene.asked.size shouldBe 7
            }
            runTest {
                val scene = Scene(this, state("starting"), "502 {}")
                shouldThrow<ServerException> { scene.client.generate("Hi") }
                scene.asked.last() shouldBe "POST /v1/predictions/p1/cancel"
                scene.asked.size shouldBe 6
            }
            runTest {
                val scene = Scene(this, state("starting"), """403 {"detail":"not yours"}""")
                shouldThrow<ForbiddenException> { scene.client.generate("Hi") }
                scene.asked.size shouldBe 3
            }
        }

        test("P12 whoever gives up cancels the prediction") {
            runTest {
                val scene = Scene(this, state("processing", "a"))
                val call = launch { scene.client.generate("Hi") }
                delay(2_000)
                call.cancelAndJoin()
                currentTime shouldBe 2_000
                scene.asked.last() shouldBe "POST /v1/predictions/p1/cancel"
            }
        }

        test("P12b so does a timeout, with what had come") {
            runTest {
                val scene = Scene(this, state("processing", "a"))
                val error = shouldThrow<TimeLimitException> {
                    scene.client.stream("Hi", options { timeout = 2.seconds }).toList()
                }
                error.partial!!.text shouldBe "a"
                currentTime shouldBe 2_000
                scene.asked.last() shouldBe "POST /v1/predictions/p1/cancel"
            }
        }

        test("P12c a prediction that has ended is not cancelled") {
            runTest {
                val scene = Scene(this, state("processing"), state("failed", more = ""","error":"no""""))
                shouldThrow<ServerException> { scene.client.generate("Hi") }
                scene.asked.none { it.endsWith("/cancel") } shouldBe true
            }
        }
    })
