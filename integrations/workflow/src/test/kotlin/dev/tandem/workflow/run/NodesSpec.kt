package dev.tandem.workflow.run

import dev.tandem.workflow.AgentNode
import dev.tandem.workflow.FailurePolicy
import dev.tandem.workflow.Model
import dev.tandem.workflow.TransformNode
import dev.tandem.workflow.Workflow
import dev.tandem.workflow.WorkflowInput.Type
import dev.tandem.workflow.agent
import dev.tandem.workflow.condition
import dev.tandem.workflow.connect
import dev.tandem.workflow.delay
import dev.tandem.workflow.executorOf
import dev.tandem.workflow.input
import dev.tandem.workflow.join
import dev.tandem.workflow.map
import dev.tandem.workflow.subWorkflow
import dev.tandem.workflow.transform
import dev.tandem.workflow.workflow
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.nulls.shouldNotBeNull
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.types.shouldBeInstanceOf
import kotlinx.coroutines.delay
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runTest
import kotlin.time.Duration.Companion.milliseconds

class NodesSpec :
    StringSpec({
        "parents that a prompt does not mention come before it, under their names" {
            runTest {
                val model = Model.echo()
                val flow = workflow("w") {
                    val a = agent("First draft") { prompt = "one" }
                    val b = agent("b") { prompt = "two" }
                    agent("c", a, b) { prompt = "Compare with {{node.b}}" }
                }
                executorOf(model).execute(flow)
                model.heard.last() shouldBe "First draft:\nre: one\n\nCompare with re: two"
            }
        }

        "nodes that only wait, or do others' work, tell when they began and how long they took" {
            runTest {
                val flow = workflow("w") {
                    val wait = delay("wait", 300.milliseconds)
                    val many = map("many", TransformNode.of("one") { delay(100L * (3 - checkNotNull(it.index))).let { "" } }, wait) {
                        over =
                            "a\nb\nc"
                    }
                    join("all", many)
                }
                val executor = executorOf {
                    clock = testScheduler.timeSource
                    now = { currentTime }
                }
                val result = executor.execute(flow).orThrow()
                result.nodes.map { listOf(it.startedAtMillis, it.durationMillis) } shouldBe
                    listOf(listOf(0L, 300L), listOf(300L, 300L), listOf(600L, 0L))
            }
        }

        "a function chooses one, several or none" {
            runTest {
                val flow = workflow("w") {
                    val route = condition("route") { inputs -> inputs.inputs.getValue("ways") }
                    join("a", route)
                    join("b", route)
                }

                fun statesOf(result: WorkflowResult) = listOf("a", "b").filter { result.node(it)?.state == NodeState.COMPLETED }
                statesOf(executorOf().execute(flow, mapOf("ways" to "a"))) shouldBe listOf("a")
                statesOf(executorOf().execute(flow, mapOf("ways" to listOf("a", "b")))) shouldBe listOf("a", "b")
                statesOf(executorOf().execute(flow, mapOf("ways" to null))) shouldBe emptyList()
                executorOf()
                    .execute(flow, mapOf("ways" to "c"))
                    .error
                    .shouldNotBeNull()
                    .message shouldContain
                    "condition 'route' chose 'c', which does not come after it, only [a, b]: connect it"
            }
        }

        "a name that no node has is refused, and not null" {
            runTest {
                val flow = workflow("w") {
                    val one = transform("one") { 1 }
                    transform("two", one) { "x" + it.text("oen") }
                }
                executorOf()
                    .execute(flow)
                    .error
                    .shouldNotBeNull()
                    .message shouldContain "there is no node named 'oen'"
            }
        }

        "a client that nobody knows is refused before anything is asked" {
            runTest {
                val model = Model.echo()
                val flow = workflow("w") {
                    agent("a") { prompt = "x" }
                    map(
                        "all",
                        AgentNode
                            .builder("b")
                            .prompt("y")
                            .client("strnog")
                            .build(),
                    ) { over = "z" }
                }
                shouldThrow<IllegalArgumentException> { executorOf(model).execute(flow) }.message shouldContain "no client named 'strnog'"
                model.heard shouldBe emptyList()
            }
        }

        "a map does the same for each item, in order, so many at once" {
            runTest {
                val model = Model.echo { delay(if ("a1" in it) 50 else 10) }
                val flow = workflow("w") {
                    val list = transform("list") { listOf(mapOf("name" to "a1"), mapOf("name" to "b"), mapOf("name" to "c")) }
                    map("all", AgentNode.of("one", "{{index}} {{item.name}} of {{input.book}}"), list) {
                        over = "{{node.list}}"
                        concurrency = 2
                    }
                }
                val result = executorOf(model).execute(flow, mapOf("book" to "B"))
                result.nodeOutput("all").toString() shouldBe """["re: 0 a1 of B","re: 1 b of B","re: 2 c of B"]"""
                currentTime shouldBe 50
                result.node("all")?.usage?.totalTokens shouldBe 45
            }
        }

        "a failed item is what its policy says" {
            runTest {
                val model = Model.echo { check(it != "bad") { "no" } }

                fun flowOf(policy: FailurePolicy) = workflow("w") {
                    map(
                        "all",
                        AgentNode
                            .builder("one")
                            .prompt("{{item}}")
                            .onFailure(policy)
                            .build(),
                    ) { over = "{{input.list}}" }
                }
                val list = mapOf("list" to "good\nbad\n")
                executorOf(model).execute(flowOf(FailurePolicy.fallback("?")), list).nodeOutput("all").toString() shouldBe
                    """["re: good","?"]"""
                executorOf(model).execute(flowOf(FailurePolicy.SKIP_DESCENDANTS), list).nodeOutput("all").toString() shouldBe
                    """["re: good",null]"""
                executorOf(model).execute(flowOf(FailurePolicy.FAIL_RUN), list).isFailed shouldBe true
            }
        }

        "a workflow within a workflow" {
            runTest {
                val inner = workflow("inner") {
                    input("topic", Type.TEXT)
                    val a = agent("a") { prompt = "{{input.topic}}" }
                    agent("b", a) { prompt = "{{node.a}}!" }
                }
                val flow = workflow("outer") {
                    val plan = transform("plan") { mapOf("topic" to "sea") }
                    val sub = subWorkflow("sub", inner, plan) { input("topic", "{{node.plan.topic}}") }
                    agent("c", sub) { prompt = "<{{node.sub}}>" }
                }
                executorOf().execute(flow).nodeText("c") shouldBe "re: <re: re: sea!>"
            }
        }

        "a field that is not there names the template, its place and what there is" {
            runTest {
                val flow = workflow("w") {
                    val a = transform("a") { mapOf("score" to 1, "words" to listOf("x")) }
                    agent("b", a) { prompt = "It is\n{{node.a.words[0]}} {{node.a.points}}" }
                }
                val error = executorOf().execute(flow).error.shouldBeInstanceOf<NodeFailedException>()
                error.node shouldBe "b"
                error.message shouldContain "{{node.a.points}} at line 2, column 21 of the prompt of 'b' has nothing to stand for: " +
                    "there is no 'points' in the output of 'a', only the fields score, words"
            }
        }

        "fields are read from JSON that a model wrote as text" {
            runTest {
                val model = Model { "```json\n{\"town\": {\"name\": \"Lisbon\"}}\n```" }
                val flow = workflow("w") {
                    val a = agent("a") { prompt = "x" }
                    transform("b", a) { it.text("a") }
                    agent("c", a) { prompt = "{{node.a.town.name}}" }
                }
                executorOf(model).execute(flow).node("c")?.input shouldBe "Lisbon"
            }
        }

        "a name in quotes is taken as it is, and one that is missing is a problem like any other" {
            runTest {
                val flow = workflow("w") {
                    val a = transform("a") { mapOf("" to "none", " x " to "wide", "x" to "tight") }
                    agent("b", a) { prompt = """{{node.a[""]}} {{node.a[" x "]}} {{node.a["x"]}} {{node.a. x }}""" }
                }
                executorOf().execute(flow).nodeText("b") shouldBe "re: none wide tight tight"
            }
            for (wrong in listOf("{{input.[0]}}", "{{input..x}}")) {
                val problem = Workflow
                    .builder("w")
                    .add(AgentNode.of("a", wrong))
                    .validate()
                    .single()
                problem.message shouldBe
                    "$wrong at line 1, column 1 of the prompt of 'a': there is no input without a name: write {{input.NAME}}"
            }
        }
    })
