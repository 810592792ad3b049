package dev.tandem.tool

import dev.tandem.accounting.Budget
import dev.tandem.accounting.TokenCounter
import dev.tandem.chat
import dev.tandem.error.BudgetExceededException
import dev.tandem.error.ServerException
import dev.tandem.error.TimeLimitException
import dev.tandem.error.ToolRoundsException
import dev.tandem.generate
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatResponse
import dev.tandem.model.FinishReason
import dev.tandem.model.FinishReason.Kind
import dev.tandem.model.Message
import dev.tandem.model.Options
import dev.tandem.model.ProviderState
import dev.tandem.model.ToolChoice
import dev.tandem.model.ToolDefinition
import dev.tandem.model.ToolPolicy
import dev.tandem.model.Usage
import dev.tandem.model.options
import dev.tandem.pipeline.CallEvent
import dev.tandem.resilience.serverError
import dev.tandem.telemetry.CallListener
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.maps.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import io.kotest.matchers.types.shouldBeSameInstanceAs
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runTest
import kotlinx.serialization.json.JsonPrimitive
import kotlin.time.Duration.Companion.seconds

class ToolLoopSpec :
    FunSpec({
        val sun = tool("sun") { "it shines" }
        val moon = tool("moon") { "it is full" }

        test("the model asks, the tools answer, and the caller gets one answer") {
            runTest {
                val script = Script({ asks(call("sun", "a"), call("moon", "b")) }, { says("A fine night.") })
                val answer = clientOf(script).chat {
                    user("How is the sky?")
                    tool(sun)
                    tool(moon)
                }
                answer.text shouldBe "A fine night."
                answer.usage shouldBe Usage.of(20, 10)
                script.results.shouldContainExactly(mapOf("a" to "it shines", "b" to "it is full"))
                script.heard[1].messages shouldBe listOf(Message.user("How is the sky?")) + answer.steps
                answer.steps.map { it.text } shouldContainExactly listOf("", "it shines", "it is full")
            }
        }

        test("tools of the client are there in each of its calls") {
            runTest {
                val script = Script({ asks(call("sun")) }, { says("Well.") })
                clientOf(script) { offering(sun) }.generate("How is the sun?") shouldBe "Well."
            }
        }

        test("a stream tells all that happens, and ends once") {
            runTest {
                val script = Script({ says("Let me see.", FinishReason.TOOL_CALLS, listOf(call("sun"))) }, { says("It shines.") })
                val events = clientOf(script).stream("How is the sun?", offering(sun)).toList()
                events.dropLast(1) shouldContainExactly listOf(
                    ChatEvent.Text("Let me see."),
                    ChatEvent.ToolCallDelta(0, "sun", "sun", "{}"),
                    ChatEvent.UsageUpdate(Usage.of(10, 5)),
                    ChatEvent.ToolStarted(call("sun")),
                    ChatEvent.ToolFinished(call("sun"), "it shines", isError = false),
                    ChatEvent.Text("It shines."),
                    ChatEvent.UsageUpdate(Usage.of(20, 10)),
                )
                val end = (events.last() as ChatEvent.Completed).response
                end.text shouldBe "It shines."
                end.usage shouldBe Usage.of(20, 10)
                end.steps.size shouldBe 2
            }
        }

        test("what the provider wants to see again goes back as it came") {
            runTest {
                val state = ProviderState("script", JsonPrimitive("signature"))
                val first = asks(call("sun"))
                val signed = first.message.withProviderState(state)
                val script = Script({ ChatResponse.builder(signed).build() }, { says("Well.") })
                clientOf(script).generate("Hi", offering(sun))
                script.heard[1].messages[1].providerState shouldBe state
            }
        }

        test("a tool that must be called is called once, and then the model is free") {
            runTest {
                val script = Script({ asks(call("sun")) }, { says("Well.") })
                clientOf(script).generate("Hi", offering(sun).newBuilder().toolChoice(ToolChoice.named("sun")).build())
                script.heard.map { it.options.toolChoice } shouldContainExactly listOf(ToolChoice.named("sun"), ToolChoice.AUTO)
            }
        }

        test("a tool that is the caller's is left to the caller, with all that goes with it") {
            runTest {
                val own = ToolDefinition("own", "The caller's", ToolDefinition.NO_PARAMETERS)
                val script = Script({ asks(call("sun")) }, { asks(call("own"), call("sun")) })
                val answer = clientOf(script).chat {
                    user("Hi")
                    tool(sun)
                    tool(own)
                }
                answer.toolCalls.map { it.name } shouldContainExactly listOf("own", "sun")
                answer.steps.size shouldBe 2
                answer.usage shouldBe Usage.of(20, 10)
            }
        }

        test("a model that never comes to an end is stopped, and nothing is lost") {
            runTest {
                val script = Script({ asks(call("sun", "1")) }, { asks(call("sun", "2")) }, { asks(call("sun", "3")) })
                val policy = ToolPolicy.builder().maxRounds(2).build()
                val error = shouldThrow<ToolRoundsException> { clientOf(script).generate("Hi", with(policy, sun)) }
                error.message shouldContain "2 times"
                error.partial!!.steps.size shouldBe 4
                error.partial!!.usage shouldBe Usage.of(30, 15)
                error.partial!!.toolCalls shouldContainExactly listOf(call("sun", "3"))
            }
        }

        test("a turn that is paused is taken up again") {
            runTest {
                val paused = FinishReason.of(Kind.LENGTH, "pause_turn")
                val script = Script({ says("I search", paused) }, { says("and found.") })
                val answer = clientOf(script).chat {
                    user("Hi")
                    extra("tools", listOf(mapOf("type" to "web_search")))
                }
                answer.text shouldBe "and found."
                script.heard[1].messages.last() shouldBe Message.assistant("I search")
            }
        }

        test("a provider that fails in a later round takes nothing away") {
            runTest {
                val script = Script({ asks(call("sun")) }, { throw serverError() })
                val error = shouldThrow<ServerException> { clientOf(script).generate("Hi", offering(sun)) }
                error.partial!!.steps.map { it.text } shouldContainExactly listOf("", "it shines")
                error.partial!!.usage shouldBe Usage.of(10, 5)
            }
        }

        test("the call's timeout is that of all rounds, and reaches into a tool") {
            runTest {
                var wasCancelled = false
                val slow = tool("slow") {
                    try {
                        awaitCancellation()
                    } finally {
                        wasCancelled = true
                    }
                }
                shouldThrow<TimeLimitException> {
                    clientOf(Script({ asks(call("slow")) })).generate("Hi", offering(slow).newBuilder().timeoutMillis(2_000).build())
                }
                currentTime shouldBe 2_000
                wasCancelled shouldBe true
            }
        }

        test("each round is paid for, and a budget stops the next one") {
            runTest {
                val script = Script({ asks(call("sun")) }, { says("Well.") })
                val error = shouldThrow<BudgetExceededException> {
                    val client = clientOf(script) {
                        budget(Budget.ofTokens(20))
                        tokenCounter = TokenCounter { _, _ -> 1 }
                    }
                    client.generate("Hi", offering(sun).newBuilder().maxTokens(10).build())
                }
                error.partial!!.steps.size shouldBe 2
                script.heard.size shouldBe 1
            }
        }

        test("statistics have one call, listeners hear of each tool") {
            runTest {
                val told = mutableListOf<String>()
                val client = clientOf(Script({ asks(call("sun")) }, { says("Well.") })) {
                    listener(CallListener { _, event -> if ("Tool" in event.toString()) told += event.toString().substringBefore(" ") })
                }
                client.generate("Hi", offering(sun))
                client.stats().total shouldBe 1
                client.spending().requests shouldBe 2
                told shouldContainExactly listOf("ToolStarted(sun)", "ToolFinished(sun")
            }
        }

        test("listeners are told what was asked of a tool, and what the model reads of it") {
            runTest {
                val told = mutableListOf<CallEvent>()
                val script = Script({ asks(call("sun")) }, { asks(call("moon")) }, { says("Well.") })
                clientOf(script) { listener(CallListener { _, event -> told += event }) }.generate("Hi", offering(sun))
                told.filterIsInstance<CallEvent.ToolStarted>().single().call shouldBe call("sun")
                val ends = told.filterIsInstance<CallEvent.ToolFinished>()
                ends.map { "${it.call?.name} ${it.round} ${it.result?.take(24)}" } shouldContainExactly
                    listOf("sun 1 it shines", "moon 2 there is no tool named '")
                ends.forEach { "$it" shouldNotContain "shines" }
            }
        }

        test("what the collector throws is its own") {
            runTest {
                val mine = serverError()
                val script = Script({ says("Let me see.", FinishReason.TOOL_CALLS, listOf(call("sun"))) }, { says("It shines.") })
                shouldThrow<ServerException> {
                    clientOf(script).stream("Hi", offering(sun)).collect { if (it.text == "It shines.") throw mine }
                } shouldBeSameInstanceAs mine
                mine.partial shouldBe null
            }
        }
    })

private fun with(policy: ToolPolicy, vararg tools: Tool): Options = offering(*tools).newBuilder().toolPolicy(policy).build()
