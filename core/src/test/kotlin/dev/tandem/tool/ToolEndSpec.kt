package dev.tandem.tool

import dev.tandem.chat
import dev.tandem.error.AiException
import dev.tandem.error.ServerException
import dev.tandem.error.TimeLimitException
import dev.tandem.error.ToolFailedException
import dev.tandem.error.ToolRoundsException
import dev.tandem.extract
import dev.tandem.generate
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatRequest
import dev.tandem.model.ToolApproval
import dev.tandem.model.ToolPolicy
import dev.tandem.model.Usage
import dev.tandem.model.options
import dev.tandem.pipeline.Call
import dev.tandem.pipeline.CallEvent
import dev.tandem.pipeline.Middleware
import dev.tandem.pipeline.Next
import dev.tandem.resilience.serverError
import dev.tandem.structured.City
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.nulls.shouldNotBeNull
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.catch
import kotlinx.coroutines.flow.emitAll
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.withTimeout
import kotlin.time.Duration.Companion.seconds

/** How a call with tools ends that does not end well: nothing hangs, and nothing of it is lost. */
class ToolEndSpec :
    FunSpec({
        val pays = tool("pays") { "paid" }
        val fails = tool("fails") {
            delay(10)
            error("no such city")
        }
        val hangs = tool("hangs") { awaitCancellation() }

        fun ending(vararg tools: Tool) = offering(*tools).newBuilder().toolPolicy(ToolPolicy.builder().failsWithTool(true).build()).build()

        fun toldBy(error: AiException) = error.partial
            .shouldNotBeNull()
            .steps
            .map { it.text }

        test("an approval that times out, or is cancelled from within, ends the call") {
            runTest {
                val approvals =
                    listOf(ToolApproval { withTimeout(1_000) { awaitCancellation() } }, ToolApproval { throw CancellationException() })
                for (approval in approvals) {
                    val asked = offering(pays).newBuilder().toolPolicy(ToolPolicy.builder().approval(approval).build()).build()
                    val error = shouldThrow<ToolFailedException> { clientOf(Script({ asks(call("pays")) })).generate("Hi", asked) }
                    error.message shouldContain "nobody could say whether 'pays' may be run"
                }
            }
        }

        test("what was approved is what is run") {
            runTest {
                var seen = ""
                val approval = ToolApproval { null.also { _ -> seen = it.arguments } }
                val script = Script({ asks(call("pays", arguments = """{"sum": 1, "sum": 1000}""")) }, { says("Well.") })
                clientOf(script) { toolPolicy = ToolPolicy.builder().approval(approval).build() }.generate("Hi", offering(pays))
                seen shouldBe """{"sum":1000}"""
            }
        }

        test("a call's own policy does not do away with the client's approval") {
            runTest {
                val script = Script({ asks(call("pays")) }, { says("Well.") })
                val client = clientOf(script) { toolPolicy = ToolPolicy.builder().approval { "not today" }.build() }
                client.generate("Hi", offering(pays).newBuilder().toolPolicy(ToolPolicy.builder().maxRounds(2).build()).build())
                script.results shouldBe mapOf("pays" to "not today")
            }
        }

        test("a tool that ends the call takes nothing from the others: what they did is in the failure, with what it has cost") {
            runTest {
                val script = Script({ asks(call("pays"), call("fails"), call("hangs")) })
                val error = shouldThrow<ToolFailedException> { clientOf(script).generate("Hi", ending(pays, fails, hangs)) }
                toldBy(error) shouldContainExactly
                    listOf("", "paid", "the tool 'fails' failed: no such city", "it was given up, since the call has ended")
                error.partial!!.usage shouldBe Usage.of(10, 5)
            }
        }

        test("whoever hears that a tool began hears that it is over") {
            runTest {
                val told = mutableListOf<String>()
                val client = clientOf(Script({ asks(call("fails"), call("hangs")) })) {
                    listener { _, event -> if (event is CallEvent.ToolFinished) told += "${event.tool} ${event.error != null}" }
                }
                val events = mutableListOf<ChatEvent>()
                shouldThrow<ToolFailedException> { client.stream("Hi", ending(fails, hangs)).collect { events += it } }
                events.filterIsInstance<ChatEvent.ToolFinished>().map { it.call.name } shouldContainExactly listOf("fails", "hangs")
                told shouldContainExactly listOf("fails true", "hangs true")
            }
        }

        test("the call's timeout keeps what tools have done, plain and as a stream") {
            runTest {
                val lines = Script({ asks(call("pays")) }, { says("Now both. ", calls = listOf(call("pays"), call("hangs"))) })
                val options = offering(pays, hangs).newBuilder().timeoutMillis(2_000).build()
                val done = listOf("", "paid", "Now both. ", "paid", "it was given up, since the call has ended")
                toldBy(shouldThrow<TimeLimitException> { clientOf(lines).generate("Hi", options) }) shouldContainExactly done
                val again = Script({ asks(call("pays")) }, { says("Now both. ", calls = listOf(call("pays"), call("hangs"))) })
                val error = shouldThrow<TimeLimitException> { clientOf(again).stream("Hi", options).toList() }
                toldBy(error) shouldContainExactly done
                error.partial!!.text shouldBe ""
                error.partial!!.usage shouldBe Usage.of(20, 10)
                currentTime shouldBe 4_000
            }
        }

        test("too many rounds within a repair tell of those before it") {
            runTest {
                val script = Script({ asks(call("pays")) }, { says("Nothing to read.") }, { asks(call("pays")) }, { asks(call("pays")) })
                val once = offering(pays).newBuilder().toolPolicy(ToolPolicy.builder().maxRounds(1).build()).build()
                val error = shouldThrow<ToolRoundsException> { clientOf(script).extract<City>("Hi", once) }
                toldBy(error) shouldContainExactly listOf("", "paid", "", "paid")
                error.partial!!.usage shouldBe Usage.of(40, 20)
            }
        }

        test("a layer of one's own that asks twice has two calls") {
            runTest {
                val script = Script({ asks(call("pays")) }, { throw serverError() }, { throw serverError() })
                val twice = object : Middleware {
                    override fun <T> around(call: Call<T>, next: Next): Flow<T> = next.proceed(call).catch { emitAll(next.proceed(call)) }
                }
                val error = shouldThrow<ServerException> { clientOf(script) { middleware(twice) }.generate("Hi", offering(pays)) }
                error.partial shouldBe null
            }
        }

        test("a tool that breaks has ended") {
            runTest {
                val told = mutableListOf<String>()
                val breaks = tool("breaks") { throw NoClassDefFoundError("gone") }
                val script = Script({ asks(call("breaks")) }, { says("Well.") })
                val client = clientOf(script) { listener { _, event -> told += "$event".substringBefore("(") } }
                client.generate("Hi", offering(breaks)) shouldBe "Well."
                script.last shouldBe "the tool 'breaks' failed: gone"
                told.filter { "Tool" in it } shouldContainExactly listOf("ToolStarted", "ToolFinished")
            }
        }

        test("a repair that fails keeps what was done before it") {
            runTest {
                val script = Script({ asks(call("pays")) }, { says("Nothing to read.") }, { throw serverError() })
                val error = shouldThrow<ServerException> { clientOf(script).extract<City>("Hi", offering(pays)) }
                toldBy(error) shouldContainExactly listOf("", "paid")
                error.partial!!.usage shouldBe Usage.of(20, 10)
            }
        }

        test("a failure of another client within a tool is a failure of that tool") {
            runTest {
                val inner = clientOf(Script({ asks(call("fails")) }))
                val nested = tool("nested") { inner.generate("And?", ending(fails)) }
                val script = Script({ asks(call("nested")) }, { says("Well.") })
                clientOf(script).generate("Hi", offering(nested)) shouldBe "Well."
                script.results.getValue("nested") shouldContain "no such city"
            }
        }

        test("no message is longer than a result may be") {
            runTest {
                val talks = tool("talks") { error("x".repeat(1_000_000)) }
                val script = Script({ asks(call("talks")) }, { says("Well.") })
                clientOf(script).generate("Hi", offering(talks))
                script.last.length shouldBe ToolPolicy.DEFAULT.maxResultChars
            }
        }

        test("a result that is no JSON is the tool's fault") {
            runTest {
                val average = tool<City, Double>("average", "The average") { Double.NaN }
                val script = Script({ asks(call("average", arguments = """{"name":"Lisbon","population":1}""")) })
                val error = shouldThrow<ToolFailedException> { clientOf(script).generate("Hi", ending(average)) }
                error.message shouldContain "its result is no JSON"
            }
        }

        test("arguments that are nested too deep are told to the model") {
            runTest {
                val deep = "{\"next\":".repeat(20_000) + "{}" + "}".repeat(20_000)
                val script = Script({ asks(call("pays", arguments = deep)) }, { says("Well.") })
                clientOf(script).generate("Hi", offering(pays))
                script.last shouldContain "must be a JSON object"
            }
        }

        test("tools in the provider's own words are the caller's") {
            runTest {
                val mine = options { extra("tools", listOf(mapOf("type" to "function"))) }
                val asked = clientOf(Script({ asks(call("my_fn")) })).chat(ChatRequest.of("Hi", mine))
                asked.toolCalls shouldContainExactly listOf(call("my_fn"))
            }
        }

        test("a tool with a time of its own") {
            runTest {
                val script = Script({ asks(call("hangs")) }, { says("Well.") })
                clientOf(script).generate("Hi", offering(hangs.withTimeout(3.seconds)))
                currentTime shouldBe 3_000
                script.last shouldBe "the tool 'hangs' took longer than 3s"
                shouldThrow<IllegalArgumentException> { hangs.withTimeout(0.seconds) }.message shouldContain "'hangs'"
            }
        }
    })
