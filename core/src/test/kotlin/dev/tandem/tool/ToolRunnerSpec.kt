package dev.tandem.tool

import dev.tandem.error.ToolFailedException
import dev.tandem.generate
import dev.tandem.model.ChatEvent
import dev.tandem.model.ToolApproval
import dev.tandem.model.ToolCall
import dev.tandem.model.ToolPolicy
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.filterIsInstance
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.withTimeout

class ToolRunnerSpec :
    FunSpec({
        /** What the model is told when it asks for [calls]. */
        suspend fun resultsOf(vararg calls: ToolCall, policy: ToolPolicy = ToolPolicy.DEFAULT, tools: List<Tool>): Map<String?, String> {
            val script = Script({ asks(*calls) }, { says("Well.") })
            clientOf(script) {
                tools(tools)
                toolPolicy = policy
            }.generate("Hi") shouldBe "Well."
            return script.results
        }

        fun policy(build: ToolPolicy.Builder.() -> Unit) = ToolPolicy.builder().apply(build).build()

        test("tools run side by side, and results keep the order of their calls") {
            runTest {
                val tools = listOf(
                    tool("slow") { "slow".also { delay(300) } },
                    tool("quick") { "quick".also { delay(100) } },
                )
                resultsOf(call("slow"), call("quick"), tools = tools).keys.toList() shouldContainExactly listOf("slow", "quick")
                currentTime shouldBe 300
            }
        }

        test("never more at the same time than the policy says, in the order they were asked for") {
            runTest {
                var now = 0
                var most = 0
                val begun = mutableListOf<String>()
                val tools = List(9) { i ->
                    tool("tool$i") {
                        begun += "tool$i"
                        most = maxOf(most, ++now)
                        delay(100)
                        now--
                        "done"
                    }
                }
                val calls = tools.map { call(it.name) }.toTypedArray()
                resultsOf(*calls, policy = policy { concurrency = 3 }, tools = tools).size shouldBe 9
                most shouldBe 3
                currentTime shouldBe 300
                begun shouldContainExactly tools.map { it.name }
            }
        }

        test("a tool that hangs is cancelled when its time is over, and the model is told") {
            runTest {
                val hangs = tool("hangs") { awaitCancellation() }
                resultsOf(call("hangs"), policy = policy { timeoutMillis(5_000) }, tools = listOf(hangs))["hangs"] shouldBe
                    "the tool 'hangs' took longer than 5s"
                currentTime shouldBe 5_000
            }
        }

        test("a tool that fails is told by its message, with its own timer's failure as well") {
            runTest {
                val fails = tool("fails") { error("no such city") }
                val ownTimer = tool("timer") { withTimeout(10) { awaitCancellation() } }
                val gaveUp = tool("gaveUp") { throw CancellationException("no longer") }
                val told = resultsOf(call("fails"), call("timer"), call("gaveUp"), tools = listOf(fails, ownTimer, gaveUp))
                told["fails"] shouldBe "the tool 'fails' failed: no such city"
                told.getValue("timer") shouldContain "was cancelled from within"
                told.getValue("gaveUp") shouldContain "was cancelled from within"
            }
        }

        test("or it fails the call, with its cause, and the others are cancelled") {
            runTest {
                var wasCancelled = false
                val mine = IllegalStateException("no such city")
                val fails = tool("fails") {
                    delay(10)
                    throw mine
                }
                val other = tool("other") {
                    try {
                        awaitCancellation()
                    } finally {
                        wasCancelled = true
                    }
                }
                val error = shouldThrow<ToolFailedException> {
                    resultsOf(call("fails"), call("other"), policy = policy { failsWithTool = true }, tools = listOf(fails, other))
                }
                error.cause shouldBe mine
                error.call shouldBe call("fails")
                error.message shouldBe "the tool 'fails' failed: no such city"
                wasCancelled shouldBe true
            }
        }

        test("what the model got wrong it is always told: unknown tools, arguments that are none, or do not suit the tool") {
            runTest {
                val picky = tool("picky") { throw IllegalArgumentException("the city must have a name") }
                val calls = arrayOf(
                    call("unknown", "1"),
                    call("picky", "2", "[1]"),
                    call("picky", "3", """{"city"""),
                    call("picky", "4"),
                )
                val told = resultsOf(*calls, policy = policy { failsWithTool = true }, tools = listOf(picky))
                told["1"] shouldBe "there is no tool named 'unknown', only [picky]"
                told["2"] shouldBe "the arguments of 'picky' must be a JSON object, but are: [1]"
                told["3"] shouldBe """the arguments of 'picky' must be a JSON object, but are: {"city"""
                told["4"] shouldBe "the city must have a name"
            }
        }

        test("a result of 10 MB is no result") {
            runTest {
                val huge = tool("huge") { "x".repeat(10_000_000) }
                resultsOf(call("huge"), tools = listOf(huge))["huge"] shouldBe
                    "the tool 'huge' has a result of 10000000 characters, and 100000 is the most: ask for less"
            }
        }

        test("nothing runs that somebody objects to, and nobody is asked two things at once") {
            runTest {
                var isAsking = false
                var runs = 0
                val approval = ToolApproval { call ->
                    isAsking shouldBe false
                    isAsking = true
                    delay(1_000)
                    isAsking = false
                    if (call.arguments == "{}") null else "not this"
                }
                val pay = tool("pay") { "paid".also { runs++ } }
                val told = resultsOf(
                    call("pay", "1"),
                    call("pay", "2", """{"sum":1}"""),
                    policy = policy { this.approval = approval },
                    tools = listOf(pay),
                )
                told shouldBe mapOf("1" to "paid", "2" to "not this")
                runs shouldBe 1
                currentTime shouldBe 2_000
            }
        }

        test("an approval that fails, fails the call") {
            runTest {
                val mine = IllegalStateException("nobody there")
                val error = shouldThrow<ToolFailedException> {
                    resultsOf(call("pay"), policy = policy { approval = ToolApproval { throw mine } }, tools = listOf(tool("pay") { "" }))
                }
                error.cause shouldBe mine
                error.message shouldBe "nobody could say whether 'pay' may be run: nobody there"
            }
        }

        test("a stream tells of each when it begins and when it ends, also of those that were not run") {
            runTest {
                val slow = tool("slow") { "slow".also { delay(300) } }
                val quick = tool("quick") { "quick".also { delay(100) } }
                val script = Script({ asks(call("slow"), call("quick"), call("unknown")) }, { says("Well.") })
                val told = clientOf(script).stream("Hi", offering(slow, quick)).toList().mapNotNull {
                    when (it) {
                        is ChatEvent.ToolStarted -> "${it.call.name} begins"
                        is ChatEvent.ToolFinished -> "${it.call.name} ends ${it.isError}"
                        else -> null
                    }
                }
                told shouldContainExactly
                    listOf("slow begins", "quick begins", "unknown ends true", "quick ends false", "slow ends false")
            }
        }

        test("whoever gives up cancels the tools, and a reader that has enough does so too") {
            runTest {
                val begun = CompletableDeferred<Unit>()
                var cancelled = 0
                val hangs = tool("hangs") {
                    begun.complete(Unit)
                    try {
                        awaitCancellation()
                    } finally {
                        cancelled++
                    }
                }
                val job = launch { clientOf(Script({ asks(call("hangs")) })).generate("Hi", offering(hangs)) }
                begun.await()
                job.cancelAndJoin()
                cancelled shouldBe 1
                val reader = clientOf(Script({ asks(call("hangs")) })).stream("Hi", offering(hangs))
                shouldThrow<IllegalStateException> {
                    reader.filterIsInstance<ChatEvent.ToolStarted>().collect {
                        delay(10)
                        error("enough")
                    }
                }
                cancelled shouldBe 2
            }
        }
    })
