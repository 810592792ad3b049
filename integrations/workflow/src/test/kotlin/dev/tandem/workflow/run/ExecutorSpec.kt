package dev.tandem.workflow.run

import dev.tandem.workflow.JoinNode
import dev.tandem.workflow.Model
import dev.tandem.workflow.WorkflowInput.Type
import dev.tandem.workflow.agent
import dev.tandem.workflow.cases
import dev.tandem.workflow.connect
import dev.tandem.workflow.delay
import dev.tandem.workflow.executorOf
import dev.tandem.workflow.input
import dev.tandem.workflow.join
import dev.tandem.workflow.transform
import dev.tandem.workflow.workflow
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.maps.shouldContainExactly
import io.kotest.matchers.nulls.shouldBeNull
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.types.shouldBeInstanceOf
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runTest
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlin.time.Duration.Companion.seconds

class ExecutorSpec :
    StringSpec({
        "a diamond takes as long as its longest way" {
            runTest {
                val flow = workflow("complex") {
                    val analysis = agent("analysis") { prompt = "Analyse {{input.problem}}" }
                    val solutions = agent("solutions", analysis) { prompt = "Solve {{node.analysis}}" }
                    val cost = agent("cost", solutions) { prompt = "Cost of {{node.solutions}}" }
                    val risk = agent("risk", solutions) { prompt = "Risk of {{node.solutions}}" }
                    agent("recommendation", cost, risk) { prompt = "{{node.cost}} or {{node.risk}}" }
                }
                val result = executorOf(Model.echo { delay(100) }).execute(flow, mapOf("problem" to "noise"))
                currentTime shouldBe 400
                result.isSuccess shouldBe true
                result.nodeText("cost") shouldBe "re: Cost of re: Solve re: Analyse noise"
                result.usage.totalTokens shouldBe 75
            }
        }

        "a node starts when its own parents are done, whatever others do" {
            runTest {
                val flow = workflow("w") {
                    val slow = delay("slow", 10.seconds)
                    val fast = delay("fast", 1.seconds)
                    val next = delay("next", 1.seconds, fast)
                    delay("last", 8.seconds, next)
                    join("end", slow)
                }
                executorOf().execute(flow).isSuccess shouldBe true
                currentTime shouldBe 10_000
            }
        }

        "no more nodes are at work than may be" {
            runTest {
                var now = 0
                var most = 0
                val model = Model.echo {
                    most = maxOf(most, ++now)
                    delay(10)
                    now--
                }
                val flow = workflow("wide") { for (i in 1..100) agent("n$i") { prompt = "x" } }
                executorOf(model) { settings { concurrency = 7 } }.execute(flow)
                most shouldBe 7
                currentTime shouldBe 150
            }
        }

        "the way that is not chosen is skipped, and the diamond is closed all the same" {
            runTest {
                val flow = workflow("route") {
                    val kind = agent("kind") { prompt = "{{input.text}}" }
                    cases("route", kind) {
                        on = "{{node.kind}}"
                        branch("re: bug", "mend")
                        otherwise = "answer"
                    }
                    val mend = agent("mend") { prompt = "mend it" }
                    val test = agent("test", mend) { prompt = "test it" }
                    val answer = agent("answer") { prompt = "answer it" }
                    agent("close", test, answer) { prompt = "[{{node.test}}] [{{node.answer}}]" }
                }
                val bug = executorOf().execute(flow, mapOf("text" to "BUG"))
                bug.node("answer")?.skipReason shouldBe SkipReason.NOT_CHOSEN
                bug.nodeText("close") shouldBe "re: [re: mend:\nre: mend it\n\ntest it] []"
                bug.isSuccess shouldBe true
                val other = executorOf().execute(flow, mapOf("text" to "hello"))
                other.node("mend")?.state shouldBe NodeState.SKIPPED
                other.node("test")?.skipReason shouldBe SkipReason.NOT_CHOSEN
                other.node("close")?.state shouldBe NodeState.COMPLETED
            }
        }

        "inputs are looked at before anything is run" {
            runTest {
                val model = Model.echo()
                val flow = workflow("w") {
                    input("topic", Type.TEXT)
                    input("words", Type.NUMBER, 100)
                    agent("a") { prompt = "{{input.words}} words on {{input.topic}}" }
                }
                val wrong = shouldThrow<IllegalArgumentException> { executorOf(model).execute(flow, mapOf("words" to "many", "more" to 1)) }
                wrong.message shouldBe "the workflow 'w' was not run: the input 'topic' is missing: give it text; " +
                    "the input 'words' must be a number, but is \"many\"; there is no input 'more', only [topic, words]"
                model.heard shouldBe emptyList()
                executorOf(model).execute(flow, mapOf("topic" to "the sea")).nodeText("a") shouldBe "re: 100 words on the sea"
            }
        }

        "the result has variables without quotes" {
            runTest {
                val flow = workflow("w") {
                    agent("a") {
                        prompt = "{{input.x}}"
                        outputName = "answer"
                        id = "n-1"
                    }
                }
                val result = executorOf().execute(flow, mapOf("x" to 7))
                result.variable("answer") shouldBe "re: 7"
                result.variable("x") shouldBe "7"
                result.variable("nothing").shouldBeNull()
                result.nodeOutput("n-1") shouldBe JsonPrimitive("re: 7")
                result.allNodeOutputs.keys shouldBe setOf("a")
                result.allVariables shouldContainExactly mapOf("x" to JsonPrimitive(7), "answer" to JsonPrimitive("re: 7"))
                result.node("a")?.input shouldBe "7"
            }
        }

        "statistics, settings and what is counted" {
            runTest {
                val executor = executorOf(Model.echo { check(it != "bad") { "no" } })
                val flow = workflow("w") { agent("a") { prompt = "{{input.x}}" } }
                executor.stats().successRate shouldBe 1.0
                executor.execute(flow, mapOf("x" to "good"))
                executor.execute(flow, mapOf("x" to "bad"))
                executor.stream(flow, mapOf("x" to "good")).first()
                executor.stats().run {
                    total shouldBe 3
                    successful shouldBe 1
                    failed shouldBe 1
                    cancelled shouldBe 1
                    successRate shouldBe 0.5
                    mode shouldBe ExecutorMode.BALANCED
                }
                executor.resetStats()
                executor.configure { mode = ExecutorMode.MEMORY_OPTIMIZED }
                executor
                    .execute(flow, mapOf("x" to "good"))
                    .node("a")
                    ?.input
                    .shouldBeNull()
                executor.stats().total shouldBe 1
                executor.settings.concurrency shouldBe 4
            }
        }

        "a long chain and a wide fan" {
            runTest {
                val chain = workflow("chain") {
                    for (i in 0 until 10_000) transform("n$i") { it.parents.size }
                    for (i in 1 until 10_000) connect("n${i - 1}", "n$i")
                }
                executorOf().execute(chain).allNodeOutputs.size shouldBe 10_000
                val fan = workflow("fan") {
                    val all = (1..1_000).map { i -> transform("n$i") { i } }
                    add(JoinNode.of("end", *all.map { it.name }.toTypedArray()))
                }
                executorOf()
                    .execute(fan)
                    .nodeOutput("end")
                    .shouldBeInstanceOf<JsonObject>()
                    .size shouldBe 1_000
            }
        }

        "nodes are in the result parents before children" {
            runTest {
                val flow = workflow("w") {
                    add(JoinNode.of("c", "b"))
                    add(JoinNode.of("b", "a"))
                    add(JoinNode.of("a"))
                }
                executorOf().execute(flow).nodes.map { it.name } shouldContainExactly listOf("a", "b", "c")
            }
        }

        "what cannot be read as an input is named, with all else that is wrong" {
            val endless = ArrayList<Any?>().apply { add(this) }
            val flow = workflow("w") {
                input("n", Type.NUMBER)
                input("list", Type.LIST)
                input("text", Type.TEXT)
                agent("a") { prompt = "{{input.text}}" }
            }
            shouldThrow<IllegalArgumentException> {
                executorOf().execute(flow, mapOf("n" to Double.NaN, "list" to endless))
            }.message shouldContain "the input 'n': NaN cannot be sent as JSON; the input 'list' is too deep, or holds itself: give it " +
                "fewer levels; the input 'text' is missing: give it text"
        }
    })
