package dev.tandem.workflow.durable

import dev.tandem.process.newFolder
import dev.tandem.workflow.AgentNode
import dev.tandem.workflow.FailurePolicy
import dev.tandem.workflow.Model
import dev.tandem.workflow.TransformNode
import dev.tandem.workflow.Workflow
import dev.tandem.workflow.agent
import dev.tandem.workflow.executorOf
import dev.tandem.workflow.join
import dev.tandem.workflow.map
import dev.tandem.workflow.run.WorkflowResult
import dev.tandem.workflow.transform
import dev.tandem.workflow.workflow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.nulls.shouldNotBeNull
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.test.runTest

/** What had failed, and was lived with, succeeds when the run goes on: then what was made of the failure is made anew. */
class RecoveredSpec :
    StringSpec({
        "a fallback" {
            recovered(
                workflow("w") {
                    val a = agent("a") {
                        prompt = "shaky"
                        onFailure = FailurePolicy.fallback("none")
                    }
                    val b = agent("b", a) { prompt = "of {{node.a}}" }
                    agent("c", b) { prompt = "late" }
                },
            ).nodeText("b") shouldBe "re: of re: shaky"
        }

        "an item's fallback" {
            recovered(
                workflow("w") {
                    val list = transform("list") { listOf("well", "shaky") }
                    val each = AgentNode
                        .builder("each")
                        .prompt("{{item}}")
                        .onFailure(FailurePolicy.fallback("none"))
                        .build()
                    val a = map("a", each, list) { over = "{{node.list}}" }
                    val b = agent("b", a) { prompt = "of {{node.a[1]}}" }
                    agent("c", b) { prompt = "late" }
                },
            ).nodeText("b") shouldBe "re: of re: shaky"
        }

        "what did without it" {
            recovered(
                workflow("w") {
                    val a = agent("a") {
                        prompt = "shaky"
                        onFailure = FailurePolicy.SKIP_DESCENDANTS
                    }
                    val other = agent("other") { prompt = "other" }
                    val all = join("all", a, other) { tolerant = true }
                    val b = agent("b", all) { prompt = "of {{node.all}}" }
                    agent("c", b) { prompt = "late" }
                },
            ).nodeText("b") shouldBe """re: of {"a":"re: shaky","other":"re: other"}"""
        }

        "what could not be kept is no failure that a fallback makes good" {
            val shaky = FailurePolicy.fallback("none")
            for (isItem in listOf(false, true)) {
                runTest {
                    val steps = JournalSteps.open(newFolder().resolve("run.journal"))
                    val a = TransformNode.builder("a").onFailure(shaky).build {
                        steps.close()
                        "done"
                    }
                    val flow =
                        workflow("w") { if (isItem) map("all", a, transform("list") { listOf(1) }) { over = "{{node.list}}" } else add(a) }
                    val error = executorOf().execute(flow, emptyMap(), steps).error.shouldNotBeNull()
                    error.cause?.message shouldContain "the steps were closed"
                }
            }
        }

        "what fails again is lived with again, and nothing is made anew" {
            runTest {
                val file = newFolder().resolve("run.journal")
                val flow = workflow("w") {
                    val a = agent("a") {
                        prompt = "shaky"
                        onFailure = FailurePolicy.fallback("none")
                    }
                    agent("b", a) { prompt = "of {{node.a}}" }
                }
                repeat(2) {
                    val model = Model.echo { check("shaky" !in it) { "not yet" } }
                    val result = JournalSteps.open(file).use { executorOf(model).execute(flow, emptyMap(), it) }
                    result.nodeText("b") shouldBe "re: of none"
                    model.heard shouldContainExactly if (it == 0) listOf("shaky", "of none") else listOf("shaky")
                }
            }
        }
    })

/** [flow] broken off at what is late, and gone on with when nothing is shaky any more. */
private fun recovered(flow: Workflow): WorkflowResult {
    lateinit var result: WorkflowResult
    runTest {
        val file = newFolder().resolve("run.journal")
        val early = Model.echo { check("shaky" !in it.take(5) && "late" !in it) { "not yet" } }
        JournalSteps.open(file).use { executorOf(early).execute(flow, emptyMap(), it) }.isFailed shouldBe true
        result = JournalSteps.open(file).use { executorOf().execute(flow, emptyMap(), it) }.orThrow()
        result.allNodeOutputs shouldBe executorOf().execute(flow).allNodeOutputs
    }
    return result
}
