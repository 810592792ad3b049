package dev.tandem.workflow.run

import dev.tandem.workflow.DelayNode
import dev.tandem.workflow.FailurePolicy
import dev.tandem.workflow.Node
import dev.tandem.workflow.NodeFunction
import dev.tandem.workflow.SubWorkflowNode
import dev.tandem.workflow.TransformNode
import dev.tandem.workflow.delay
import dev.tandem.workflow.executorOf
import dev.tandem.workflow.map
import dev.tandem.workflow.workflow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runTest
import kotlin.time.Duration.Companion.minutes

class ItemsSpec :
    StringSpec({
        suspend fun run(each: Node): WorkflowResult = executorOf().execute(workflow("w") { map("all", each) { over = "x\ny" } })

        "an item's time limit holds for waiting and for workflows, too" {
            val long = workflow("long") { delay("wait", 60.minutes) }
            val each = listOf(
                DelayNode.builder("each").timeoutMillis(1_000).build(60_000),
                SubWorkflowNode.builder("each").timeoutMillis(1_000).build(long),
            )
            for (node in each) {
                runTest {
                    run(node).error?.message shouldContain "the node 'each' took longer than 1000 ms"
                    currentTime shouldBe 1_000
                }
            }
        }

        "an item's fallback is for errors of the machine, too, as a node's is" {
            val each = TransformNode
                .builder(
                    "each",
                ).onFailure(FailurePolicy.fallback("none"))
                .build(NodeFunction { throw StackOverflowError() })
            runTest { run(each).nodeText("all") shouldBe """["none","none"]""" }
        }
    })
