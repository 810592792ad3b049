package dev.tandem.workflow

import dev.tandem.workflow.Problem.Kind
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain

class NamesSpec :
    StringSpec({
        fun problemOf(build: Workflow.Builder.() -> Unit): String {
            val problem = Workflow
                .builder("w")
                .apply(build)
                .validate()
                .single()
            problem.kind shouldBe Kind.DUPLICATE_NAME
            return problem.message
        }

        "two nodes of one name" {
            problemOf {
                add(AgentNode.of("a", "x"))
                add(JoinNode.of("a"))
            } shouldBe "join 'a' and agent 'a' are both named 'a': rename one of them"
        }

        "an id that is another's name" {
            problemOf {
                add(AgentNode.of("a", "x"))
                add(
                    AgentNode
                        .builder("b")
                        .prompt("x")
                        .id("a")
                        .build(),
                )
            } shouldContain "both named 'a'"
        }

        "a name that is one within another workflow" {
            val inner = workflow("inner") { transform("b") { 1 } }
            problemOf {
                add(SubWorkflowNode.builder("a").build(inner))
                add(JoinNode.of("a/b"))
            } shouldBe "join 'a/b' is named like a node within workflow 'a': rename one of them"
            problemOf {
                transform("list") { listOf(1) }
                add(
                    MapNode
                        .builder("m")
                        .over("{{node.list}}")
                        .after("list")
                        .build(SubWorkflowNode.builder("each").build(inner)),
                )
                add(JoinNode.of("m[0]/b"))
            } shouldBe "join 'm[0]/b' is named like a node within map 'm': rename one of them"
        }

        "names hold spaces and dots" {
            val flow = workflow("w") {
                val plan = agent("My plan v1.2") { prompt = "x" }
                agent("b", plan) { prompt = "{{node.My plan v1.2.title}} and {{ node.My plan v1.2 }}" }
            }
            flow.connections shouldContainExactly listOf(Connection("My plan v1.2", "b"))
        }
    })
