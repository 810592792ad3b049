package dev.tandem.workflow

import dev.tandem.workflow.Problem.Kind
import dev.tandem.workflow.WorkflowInput.Type
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain

class ValidationSpec :
    StringSpec({
        fun problemsOf(build: Workflow.Builder.() -> Unit) = Workflow.builder("w").apply(build).validate()

        fun problemOf(kind: Kind, build: Workflow.Builder.() -> Unit): String {
            val problem = problemsOf(build).single()
            problem.kind shouldBe kind
            return problem.message
        }

        "an empty workflow says what to add" {
            problemOf(Kind.EMPTY) {} shouldContain "there is no node in it: add one"
        }

        "an agent has the options that were set" {
            val agent = AgentNode
                .builder("a")
                .prompt("x")
                .options { temperature = 0.5 }
                .build()
            agent.options.temperature shouldBe 0.5
        }

        "a connection to nobody names who there is" {
            problemOf(Kind.UNKNOWN_NODE) {
                add(AgentNode.of("a", "x"))
                connect("a", "b")
            } shouldBe "connect('a', 'b') speaks of 'b', and there is no such node, only ['a']: add it, or mend the name"
        }

        "after nobody" {
            problemOf(Kind.UNKNOWN_NODE) {
                add(
                    AgentNode
                        .builder("a")
                        .prompt("x")
                        .after("z")
                        .build(),
                )
            } shouldContain "'a' comes after 'z'"
        }

        "a cycle shows its path" {
            problemOf(Kind.CYCLE) {
                listOf("start", "a", "b", "c").forEach { add(JoinNode.of(it)) }
                connect("start", "a")
                connect("a", "b")
                connect("b", "c")
                connect("c", "a")
            } shouldBe "these wait for each other: 'a' -> 'b' -> 'c' -> 'a': take out one of the connections"
        }

        "a node that waits for itself" {
            problemOf(Kind.CYCLE) {
                add(JoinNode.of("a"))
                connect("a", "a")
            } shouldContain "'a' -> 'a'"
        }

        "a long cycle is shown by its ends" {
            val message = problemOf(Kind.CYCLE) {
                for (i in 0 until 10_000) add(JoinNode.of("n$i"))
                for (i in 0 until 10_000) connect("n$i", "n${(i + 1) % 10_000}")
            }
            message shouldContain "'n0' -> 'n1'"
            message shouldContain "9981 more"
            message shouldContain "'n9999' -> 'n0'"
        }

        "a condition that chooses nobody" {
            problemOf(Kind.UNREACHABLE_TARGET) {
                add(JoinNode.of("a"))
                add(
                    ConditionNode
                        .builder("route")
                        .after("a")
                        .on("{{node.a}}")
                        .branch("x", "nowhere")
                        .otherwise("a2")
                        .build(),
                )
                add(JoinNode.of("a2"))
            } shouldContain "condition 'route' chooses 'nowhere', and there is no such node"
        }

        "a condition that nothing comes after" {
            problemOf(Kind.UNREACHABLE_TARGET) { condition("route") { "a" } } shouldContain "condition 'route' has nothing to choose from"
        }

        "braces that are not closed have their place" {
            problemOf(Kind.TEMPLATE) { add(AgentNode.of("a", "first line\nsay {{node.b and more")) } shouldBe
                "the prompt of 'a': '{{node.b and more' at line 2, column 5 is not closed: write }} after the name, or \\{{ for a brace of the text"
        }

        "braces around something else" {
            problemOf(Kind.TEMPLATE) { add(AgentNode.of("a", "say {{name}}")) } shouldContain "'{{name}}' at line 1, column 5 is none of"
        }

        "a lone end of braces is text, since JSON ends like that" {
            problemsOf { add(AgentNode.of("a", "answer as {\"a\":{\"b\":1}}")) }.shouldBeEmpty()
        }

        "a template of nobody" {
            problemOf(Kind.UNKNOWN_REFERENCE) { add(AgentNode.of("a", "say {{node.b.text}}")) } shouldBe
                "{{node.b.text}} at line 1, column 5 of the prompt of 'a': there is no node of that name, only ['a']"
        }

        "a template of a node that may not be over" {
            problemOf(Kind.UNKNOWN_REFERENCE) {
                add(AgentNode.of("a", "x"))
                add(AgentNode.of("b", "say {{node.a}}"))
            } shouldContain "mentions 'a', which may not be over when 'b' starts: connect('a', 'b')"
        }

        "a node that mentions itself" {
            problemOf(Kind.UNKNOWN_REFERENCE) { add(AgentNode.of("a", "say {{node.a}}")) } shouldContain "leave it out"
        }

        "ancestors may be mentioned however far back" {
            problemsOf {
                add(AgentNode.of("n0", "x"))
                for (i in 1..200) {
                    add(
                        AgentNode
                            .builder("n$i")
                            .prompt("{{node.n0}} and {{node.n${i / 2}}}")
                            .after("n${i - 1}")
                            .build(),
                    )
                }
            }.shouldBeEmpty()
        }

        "an input that nobody declared" {
            problemOf(Kind.UNKNOWN_REFERENCE) {
                input("topic", Type.TEXT)
                add(AgentNode.of("a", "say {{input.topics}}"))
            } shouldContain "there is no input of that name, only [topic]"
        }

        "what a map is at is known in the map only" {
            problemOf(Kind.UNKNOWN_REFERENCE) { add(AgentNode.of("a", "say {{item}}")) } shouldContain "known only to what a MapNode does"
        }

        "templates within a map are looked at" {
            problemOf(Kind.UNKNOWN_REFERENCE) {
                add(MapNode.builder("all").over("{{input.list}}").build(AgentNode.of("one", "say {{node.b}}")))
            } shouldContain "of the prompt of 'one' in map 'all'"
        }

        "inputs of a workflow within another" {
            val inner = workflow("inner") { agent("a") { prompt = "say {{input.topic}}" } }
            val problems = problemsOf { add(SubWorkflowNode.builder("sub").input("topics", "x").build(inner)) }
            problems.map { it.kind } shouldContainExactly listOf(Kind.INPUT, Kind.INPUT)
            problems[0].message shouldContain "is given 'topics', and 'inner' has no such input, only [topic]"
            problems[1].message shouldContain "lacks the input 'topic' of 'inner'"
        }

        "all that is wrong is said at once" {
            val wrong = shouldThrow<InvalidWorkflowException> {
                Workflow
                    .builder("report")
                    .add(AgentNode.of("a", "{{node.x}}"))
                    .add(AgentNode.of("a", "{{"))
                    .connect("a", "b")
                    .build()
            }
            wrong.problems shouldHaveSize 4
            wrong.message shouldContain "the workflow 'report' cannot be run:\n- "
        }

        "the same again, to be changed" {
            val flow = workflow("w") {
                input("topic", Type.TEXT)
                val a = agent("a") { prompt = "{{input.topic}}" }
                join("b", a)
            }
            val more = flow.newBuilder().add(JoinNode.of("c", "b")).build()
            more.connections shouldContainExactly listOf(Connection("a", "b"), Connection("b", "c"))
            more.inputs.map { it.name } shouldContainExactly listOf("topic")
            flow.nodeCount shouldBe 2
        }

        "wrong settings of nodes are refused at once" {
            shouldThrow<IllegalArgumentException> { AgentNode.of(" ", "x") }.message shouldContain "must not be blank, but is ' '"
            shouldThrow<IllegalArgumentException> { AgentNode.builder("a").build() }.message shouldContain "agent 'a' has no prompt"
            shouldThrow<IllegalArgumentException> { DelayNode.of("a", -1) }.message shouldContain "must not be negative, but is -1"
            shouldThrow<IllegalArgumentException> { ConditionNode.builder("c").build() }.message shouldContain "has nothing to go by"
            shouldThrow<IllegalArgumentException> { ConditionNode.builder("c").on("x").build() }.message shouldContain "has no case"
            shouldThrow<IllegalArgumentException> { MapNode.builder("m").over("x").concurrency(0) }.message shouldContain
                "at least 1, but is 0"
            shouldThrow<IllegalArgumentException> { HttpNode.builder("h").build() }.message shouldContain "has no address"
        }
    })
