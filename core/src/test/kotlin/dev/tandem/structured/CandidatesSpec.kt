package dev.tandem.structured

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.jsonObject

class CandidatesSpec :
    FunSpec({
        fun node(text: String) = Wanted(answerType<Node>()).read(text)

        listOf(
            """{"name":"a"}""",
            """Sure! ```json
            {"name":"a"}
            ``` hope it helps""",
            """```
            {"name":"a",}
            ```""",
            """The answer {as you wished} is: {"name":"a"}.""",
            """An example is {"title":"b"}; yours is {"name":"a"}""",
            """[1] says: {"name":"a"}""",
            """<think>{nam</think> {"name":"a"}""",
            """{"name":"a","children":null}""",
        ).forEach { text -> test("found in $text") { node(text).value shouldBe Node("a") } }

        test("braces and fences within texts are texts") {
            node("""Here: {"name":"} ```json {\" {"} done""").value shouldBe Node("} ```json {\" {")
        }

        listOf(
            """{"name":"root","children":[{"name":"a","children":[]},{"na""",
            """{"name":"root" "children":[{"name":"a","children":[]}]}""",
            """{name: "root", "children": [{"name":"a"}]}""",
        ).forEach { text -> test("a part is not taken for the whole of $text") { node(text).value shouldBe null } }

        test("what is wrong is said of the first, or why there is none") {
            node("""{"name":5} {"name":6}""").violations shouldBe listOf("$.name is 5, but must be a text")
            node("No idea.").violations shouldBe listOf("$ cannot be read: there is no JSON in it")
            node(" ").violations shouldBe listOf("$ cannot be read: there is no answer")
            node("""{"name":"a"""").violations.single() shouldContain "$ cannot be read: it is no valid JSON: "
            node("""{"name":a}""").violations.single() shouldContain "$ cannot be read: it is no valid JSON"
        }

        test("what is no object is wrapped in one, and read without it too") {
            val wanted = Wanted(answerType<List<Int>>())
            wanted.schema.toString() shouldContain """"properties":{"value":{"type":"array""""
            wanted.read("""{"value":[1,2.0]}""").value shouldBe listOf(1, 2)
            wanted.read("Sure: [1,2]").value shouldBe listOf(1, 2)
            Wanted(answerType<Int>()).read("42").value shouldBe 42
            Wanted(answerType<Wind>()).read("```\n\"s\"\n```").value shouldBe Wind.SOUTH
            wanted.read("""{"value":["x"]}""").violations shouldBe listOf("$.value[0] is \"x\", but must be a whole number")
        }

        test("a list whose items have names keeps them when it is wrapped") {
            val type = object : AnswerType<String> {
                override val name = "names"
                override val schema = Json
                    .parseToJsonElement(
                        """{"type":"array","items":{"${'$'}ref":"#/definitions/n"},"definitions":{"n":{"type":"string"}}}""",
                    ).jsonObject

                override fun read(json: JsonElement) = json.toString()
            }
            Wanted(type).read("""{"value":["a"]}""").value shouldBe "[\"a\"]"
            Wanted(type).read("""{"value":[1]}""").violations shouldBe listOf("$.value[0] is 1, but must be a text")
        }

        test("thoughts are no answer") {
            Wanted(answerType<Person>()).read("<think>{\"name\":\"Bob\"}?</think>\n{\"name\":\"Ann\"}").value shouldBe Person("Ann")
        }

        test("what is nested too deep is told so") {
            for (text in listOf("[".repeat(100_000), "[".repeat(250) + "]".repeat(250))) {
                Wanted(answerType<Person>()).read(text).violations shouldBe
                    listOf("$ cannot be read: it is nested more than 200 levels deep")
            }
        }

        test("what a class refuses is a violation") {
            Wanted(answerType<Picky>()).read("""{"even":3}""").violations shouldBe listOf("$ cannot be read: even must be even, but is 3")
            Wanted(answerType<Person>()).read("""{"name":"x","age":3000000000}""").violations.single() shouldContain "$ cannot be read: "
        }
    })
