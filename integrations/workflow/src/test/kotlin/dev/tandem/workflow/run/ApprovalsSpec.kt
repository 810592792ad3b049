package dev.tandem.workflow.run

import dev.tandem.workflow.ApprovalNode
import dev.tandem.workflow.SubWorkflowNode
import dev.tandem.workflow.Workflow
import dev.tandem.workflow.approval
import dev.tandem.workflow.durable.Decision
import dev.tandem.workflow.executorOf
import dev.tandem.workflow.map
import dev.tandem.workflow.subWorkflow
import dev.tandem.workflow.transform
import dev.tandem.workflow.workflow
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.flow.map

class ApprovalsSpec :
    StringSpec({
        val inner = Workflow
            .builder("inner")
            .add(
                ApprovalNode
                    .builder("check")
                    .id("c-1")
                    .question("Good?")
                    .build(),
            ).build()

        "approvals are decided by names and ids, also in workflows within" {
            val flow = workflow("w") {
                val a = approval("a/b[1]") {
                    id = "first"
                    question = "?"
                }
                val s = subWorkflow("sub/1", inner, a)
                map("all", SubWorkflowNode.builder("each").build(inner), s) { over = "x\ny" }
            }
            executorOf().use { executor ->
                val run = executor.start(flow)
                run.decide("first", Decision.yes("Ann")) shouldBe true
                run.decide("a/b[1]", Decision.no("Bob")) shouldBe false
                run.decide("sub/1/c-1", Decision.yes("Ann")) shouldBe true
                run.decide("all[0]/check", Decision.yes("Ann")) shouldBe true
                run.decide("all[1]/c-1", Decision.yes("Ann")) shouldBe true
                run.await().isSuccess shouldBe true
            }
        }

        "what is no approval cannot be decided" {
            val flow = workflow("w") {
                transform("t") { 1 }
                approval("ask") { question = "?" }
                subWorkflow("sub", inner)
            }
            executorOf().use { executor ->
                val run = executor.start(flow)
                for (wrong in listOf("t", "nobody", "sub", "sub/nobody", "ask/check", "sub[0]/check", "")) {
                    shouldThrow<IllegalArgumentException> { run.decide(wrong, Decision.yes("Ann")) }.message shouldBe
                        "the workflow 'w' has no approval '$wrong' that could be decided, only [ask, sub/check]"
                }
            }
        }
    })
