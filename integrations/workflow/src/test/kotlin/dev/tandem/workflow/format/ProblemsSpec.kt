package dev.tandem.workflow.format

import dev.tandem.model.ToolDefinition
import dev.tandem.structured.answerType
import dev.tandem.workflow.InvalidWorkflowException
import dev.tandem.workflow.Problem
import dev.tandem.workflow.format.FormatProblem.Kind
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain

/** What is wrong with a file, where it is, and what to write instead. */
class ProblemsSpec :
    StringSpec({
        val parts = WorkflowParts
            .builder()
            .function("clean") { "" }
            .function("split") { "" }
            .tool(ToolDefinition("search", "Searches", ToolDefinition.NO_PARAMETERS))
            .answer("numbers", answerType<List<Int>>())
            .build()

        fun thrown(yaml: String) = shouldThrow<WorkflowFormatException> { WorkflowFiles.of(parts).fromYaml(yaml.trimIndent()) }

        fun problemsOf(yaml: String) = thrown(yaml).problems.map { it.toString() }

        /** Of a node whose fields are [fields]. */
        fun problemOf(kind: Kind, fields: String): String {
            val problem = thrown(
                "version: 1\nname: w\nnodes:\n  - name: a\n    ${fields.trimIndent().replace("\n", "\n    ")}",
            ).problems.single()
            problem.kind shouldBe kind
            return problem.toString()
        }

        "several at once, each with its path and its line" {
            problemsOf(
                """
                version: 1
                name: report
                colour: red
                inputs:
                  - {name: topic, type: string}
                nodes:
                  - name: a
                    kind: agent
                    prompt: Hello
                    timeoutMillis: soon
                  - name: b
                    kind: robot
                  - name: c
                    kind: agent
                    options:
                      temperature: 7
                """,
            ) shouldContainExactly listOf(
                "inputs[0].type (line 5): must be one of any, text, number, boolean, list, object, but is 'string'",
                "nodes[0].timeoutMillis (line 10): must be a whole number, but is the text 'soon': write one such as 5",
                "nodes[1].kind (line 12): there is no kind 'robot' of nodes, only agent, transform, condition, map, join, " +
                    "delay, approval, http, workflow: write one of them",
                "nodes[2] (line 13): prompt is missing: write such as prompt: Summarise {{node.text}}",
                "nodes[2].options.temperature (line 16): temperature must be between 0.0 and 2.0, but is 7.0",
                "colour (line 3): a workflow has no such field, only version, name, inputs, nodes, connections: mend the name, or leave it out",
            )
        }

        "the message names them all" {
            val message = thrown("version: 1\nnodes: 5").message.orEmpty()
            message shouldBe "the workflow cannot be read:\n" +
                "- line 1: name is missing: write such as name: report\n" +
                "- nodes (line 2): must be a list, but is 5: write […]"
        }

        "another version, and no version" {
            problemsOf("version: 2\nname: w\nnodez: []") shouldBe
                listOf("version (line 1): is 2, and this library reads version 1: take a newer library, or write the file anew")
            problemsOf("name: w") shouldBe listOf("line 1: version is missing: write such as version: 1")
            thrown("version: 2").problems.single().kind shouldBe Kind.VERSION
        }

        "what is no object" {
            problemsOf("- a") shouldBe listOf("line 1: must be an object, but is a list: write it as name: value")
            problemsOf("hello") shouldBe listOf("line 1: must be an object, but is the text 'hello': write it as name: value")
        }

        "names of parts that nobody has given" {
            problemOf(Kind.UNKNOWN_PART, "kind: transform\nfunction: cleen") shouldBe
                "nodes[0].function (line 6): there is no function named 'cleen', only [clean, split]: " +
                "mend the name, or give WorkflowParts one by function(…)"
            problemOf(Kind.UNKNOWN_PART, "kind: agent\nprompt: x\ntools: [search, find]") shouldContain
                "nodes[0].tools[1] (line 7): there is no tool named 'find', only [search]"
            problemOf(Kind.UNKNOWN_PART, "kind: agent\nprompt: x\nanswer: City") shouldContain
                "there is no answer named 'City', only [numbers]"
            problemOf(Kind.UNKNOWN_PART, "kind: agent\nprompt: x\nretry: patient") shouldContain
                "there is no retry named 'patient', only []"
            problemOf(Kind.UNKNOWN_PART, "kind: agent\nprompt: x\noptions: {toolPolicy: ask}") shouldContain
                "nodes[0].options.toolPolicy (line 7): there is no toolPolicy named 'ask'"
        }

        "wrong types say what to write" {
            problemOf(Kind.WRONG_TYPE, "kind: agent\nprompt: 12") shouldContain "must be a text, but is 12: write \"12\", with the quotes"
            problemOf(Kind.WRONG_TYPE, "kind: agent\nprompt: x\nclient:") shouldContain
                "must be a text, but is null: leave it out, or write"
            problemOf(Kind.WRONG_TYPE, "kind: join\ntolerant: yes") shouldContain "must be true or false, but is the text 'yes'"
            problemOf(Kind.WRONG_TYPE, "kind: join\nafter: b") shouldContain "must be a list, but is the text 'b': write [b]"
            problemOf(Kind.WRONG_TYPE, "kind: delay\nmillis: 1.5") shouldContain "must be a whole number, but is 1.5"
            problemOf(Kind.WRONG_TYPE, "kind: delay\nmillis: 1e999999999") shouldContain "must be a whole number"
            problemOf(Kind.WRONG_TYPE, "kind: join\nonFailure: [a]") shouldContain "must be an object, but is a list"
        }

        "what the builders refuse is refused where it stands" {
            problemOf(Kind.BAD_VALUE, "kind: delay\nmillis: -1") shouldContain
                "nodes[0] (line 4): delay 'a' must not be negative, but is -1 ms"
            problemOf(Kind.BAD_VALUE, "kind: http\nurl: x\nmethod: post") shouldContain
                "nodes[0].method (line 7): the method of 'a' must be such as POST"
            problemOf(Kind.BAD_VALUE, "kind: agent\nprompt: x\nretry: {maxAttempts: 0}") shouldContain
                "nodes[0].retry.maxAttempts (line 7): maxAttempts must be"
            problemOf(Kind.BAD_VALUE, "kind: agent\nprompt: x\ntools: [search, search]") shouldContain "there are two tools named 'search'"
            problemOf(Kind.BAD_VALUE, "kind: condition\nvalue: x") shouldContain "has no case"
            problemOf(Kind.BAD_VALUE, "kind: join\nonFailure: retry") shouldContain
                "must be one of failRun, skipDescendants, but is 'retry'"
            problemOf(
                Kind.BAD_VALUE,
                "kind: map\nover: x\neach:\n  name: b\n  kind: join",
            ) shouldContain "map 'a' cannot do a join for each item: put it into a workflow"
            problemsOf(
                "version: 1\nname: w\ninputs: [{name: n, type: number, default: many}]\nnodes: [{name: a, kind: join}]",
            ).single() shouldContain
                "inputs[0].default (line 3): the input 'n' must be a number, but is \"many\""
        }

        "places deep down" {
            problemOf(Kind.UNKNOWN_FIELD, "kind: join\nretry: {maxAttempts: 2}") shouldContain
                "nodes[0] has no such field, only kind, name, "
            problemOf(Kind.UNKNOWN_FIELD, "kind: map\nover: x\neach:\n  name: b\n  kind: agent\n  prompt: x\n  promt: y") shouldContain
                "nodes[0].each.promt (line 11): nodes[0].each has no such field, only kind, name, prompt, "
            problemOf(Kind.MISSING, "kind: workflow\nworkflow:\n  name: inner\n  nodes:\n  - {name: b, kind: agent}") shouldContain
                "nodes[0].workflow.nodes[0] (line 9): prompt is missing"
            problemOf(Kind.WRONG_TYPE, "kind: agent\nprompt: x\noptions: {metadata: {a b: 1}}") shouldContain
                "nodes[0].options.metadata[\"a b\"] (line 7): must be a text, but is 1"
        }

        "no secret is told" {
            val text = thrown(
                """
                version: 1
                name: w
                nodes:
                  - {name: a, kind: http, url: x, headers: {Authorization: 123456}}
                  - {name: b, kind: agent, prompt: x, options: {headers: {A: [sesame]}, extra: sesame}}
                """,
            ).message.orEmpty()
            text shouldNotContain "123456"
            text shouldNotContain "sesame"
            text shouldContain "nodes[0].headers.Authorization (line 4): must be a text, but is a number or a boolean"
        }

        "what can be read and not run is said as ever" {
            val error = shouldThrow<InvalidWorkflowException> {
                WorkflowFiles.of().fromYaml("version: 1\nname: w\nnodes:\n  - {name: a, kind: join, after: [a]}")
            }
            error.problems.single().kind shouldBe Problem.Kind.CYCLE
            val inner = "{name: inner, nodes: []}"
            shouldThrow<InvalidWorkflowException> {
                WorkflowFiles.of().fromYaml("version: 1\nname: w\nnodes:\n  - {name: a, kind: workflow, workflow: $inner}")
            }.message shouldContain "the workflow 'inner' cannot be run"
        }

        "a thousand problems are not all told" {
            val problems = thrown("version: 1\nname: w\nnodes: [${"{kind: join}, ".repeat(1_000)}]").problems
            problems.size shouldBe 101
            problems.last().message shouldBe "and 900 more"
        }
    })
