package dev.tandem.workflow.format

import dev.tandem.workflow.format.FormatProblem.Kind
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain

/** Texts that are no JSON or no YAML, and texts that are made to be too much. */
class SyntaxSpec :
    StringSpec({
        val files = WorkflowFiles.of()

        fun json(text: String) = shouldThrow<WorkflowFormatException> { files.fromJson(text) }.problems.single()

        fun yaml(text: String) = shouldThrow<WorkflowFormatException> { files.fromYaml(text) }.problems.single()

        "JSON by the letter" {
            mapOf(
                "" to "line 1: it ends too early",
                "{" to "line 1: a name in quotes is missing: it ends there",
                "{\n\"a\": yes}" to "line 2: 'yes' is no JSON: text has quotes around it",
                "{\"a\": 012}" to "line 1: '012' is no JSON: text has quotes around it",
                "{\"a\": 1,}" to "line 1: a name in quotes is missing: '}' is there",
                "{\"a\": 1 \"b\": 2}" to "line 1: a , or } is missing: '\"b\": 2}' is there",
                "[1, 2" to "line 1: a ] is missing at the end",
                "{\"a\" 1}" to "line 1: a : is missing after 'a': '1}' is there",
                "{\"a\": 1,\n \"b\": 2,\n \"a\": 3}" to "line 3: 'a' is said twice, first in line 1: leave one of them out",
                "{\"a\": \"b\n\"}" to "line 1: a text holds a line break: write it as an escape such as \\n",
                "\"\\x\"" to "line 1: \\x is no escape: write \\\\ for a backslash",
                "\"\\u12\"" to "line 1: \\u12\" is no escape: write four digits, such as \\u00e4",
                "\"\\ud83d\"" to "line 1: '' holds half a character of two",
                "\"open" to "line 1: a text is not closed: write \" at its end",
                "{} {}" to "line 1: something comes after the end: '{}' is there",
                "// no\n{}" to "line 1: '//' is no JSON: text has quotes around it",
                "[,]" to "line 1: a value is missing: ',]' is there",
            ).forEach { (text, message) ->
                withClue(text) {
                    val problem = json(text)
                    problem.kind shouldBe Kind.SYNTAX
                    problem.toString() shouldBe message
                }
            }
        }

        "escapes of JSON are what they stand for" {
            val text = "\"\\u0041\\n\\t\\\"\\\\\\/\\ud83d\\ude42\""
            files.fromJson("""{"version": 1, "name": $text, "nodes": [{"name": "a", "kind": "join"}]}""").name shouldBe "A\n\t\"\\/🙂"
        }

        "YAML that is none" {
            yaml("a: b: c").toString() shouldContain "line 1: mapping values are not allowed here"
            yaml("a:\n\t- b").toString() shouldContain "TAB"
            yaml("a: [1, 2").kind shouldBe Kind.SYNTAX
            yaml("a: \u0000").kind shouldBe Kind.SYNTAX
            yaml("").toString() shouldBe "it is empty"
            yaml("# nothing").toString() shouldBe "it is empty"
            yaml("a: \"\\ud83d\"").kind shouldBe Kind.SYNTAX
            yaml("version: 1\nname: a\nname: b").toString() shouldBe "line 3: 'name' is said twice, first in line 2: leave one of them out"
            yaml("a: 1\n---\nb: 2").toString() shouldBe "line 3: there is a second document: a file holds one workflow"
            yaml("a: .inf").toString() shouldContain "'.inf' is no number to work with"
            yaml("? [a]\n: b").toString() shouldContain "is no name of a field"
        }

        "nothing of YAML is made into an object of ours" {
            yaml("!!java.util.Date 2020-01-01").toString() shouldContain "the tag !!java.util.Date does not fit here: leave it out"
            yaml("a: !!javax.script.ScriptEngineManager [x]").toString() shouldContain "does not fit here"
            yaml("a: !secret x").toString() shouldContain "the tag !secret does not fit here"
            yaml("a: !!binary aGVsbG8=").toString() shouldContain "the tag !!binary"
            yaml("base: &b {x: 1}\na:\n  <<: *b").toString() shouldContain "<< is no part of YAML 1.2"
        }

        "aliases say again what was said, and never themselves" {
            yaml("a: &a [*a]").toString() shouldContain "*a names no value that is over by then"
            yaml("a: *b").kind shouldBe Kind.SYNTAX
            val workflow = files.fromYaml(
                "version: 1\nname: w\nnodes:\n" +
                    "  - {name: a, kind: agent, prompt: x, retry: &patient {maxAttempts: 5}}\n  - {name: b, kind: agent, prompt: y, retry: *patient}",
            )
            workflow.nodes.map { it.retry?.maxAttempts } shouldBe listOf(5, 5)
        }

        "a bomb of aliases is refused, and so is a tower" {
            val bomb = StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n")
            for (i in 1..9) bomb.append("a$i: &a$i [${List(10) { "*a${i - 1}" }.joinToString()}]\n")
            yaml(bomb.toString()).toString() shouldContain "aliases say more than"
            val tower = StringBuilder("a0: &a0 [x]\n")
            for (i in 1..200) tower.append("a$i: &a$i [*a${i - 1}]\n")
            yaml(tower.toString()).kind shouldBe Kind.TOO_LARGE
            yaml("[".repeat(100_000)).kind shouldBe Kind.TOO_LARGE
            yaml("- ".repeat(100_000)).kind shouldBe Kind.TOO_LARGE
            json("[".repeat(100_000)).kind shouldBe Kind.TOO_LARGE
            json("{\"a\":".repeat(100_000)).kind shouldBe Kind.TOO_LARGE
        }

        "what is too long" {
            json(" ".repeat(10_000_001)).toString() shouldContain "it is 10000001 characters long, and at most 10000000 are read"
            yaml("a: " + "1".repeat(500)).toString() shouldContain "has 500 digits, and at most 400 are read"
            yaml("a: 0x" + "f".repeat(1_000_000)).toString() shouldContain "digits"
            yaml("a: 1e" + "9".repeat(100)).kind shouldBe Kind.MISSING
            yaml("a: .1e" + "9".repeat(100)).toString() shouldContain "is out of reach"
            json("[" + "1".repeat(1_000_000) + "]").toString() shouldContain "digits"
        }
    })
