package dev.tandem.llama

import dev.tandem.error.NotSupportedException
import dev.tandem.extract
import dev.tandem.model.ResponseFormat
import dev.tandem.model.options
import dev.tandem.streamObject
import dev.tandem.structured.AnswerType
import dev.tandem.structured.answerType
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeIn
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldStartWith
import kotlinx.coroutines.flow.last
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

class JsonSpec :
    FunSpec({
        val prompt = "Extract as JSON: Anna is 31 years old and lives in Oslo."
        val anna = """{"name":"Anna","age":31,"city":"Oslo"}"""

        suspend fun ask(text: String, schema: String): String =
            pebble { it.generate(text, options { responseFormat = ResponseFormat.jsonSchema("answer", schema) }) }

        test("extracts without being held to a format") {
            pebble { it.generate(prompt) } shouldBe anna
        }

        test("JSON as format gives an object, whatever the question") {
            val json = options { responseFormat = ResponseFormat.JSON }
            pebble { ai ->
                ai.generate(prompt, json) shouldBe anna
                ai.generate("Hello!", json) shouldStartWith "{\""
            }
        }

        test("a schema is kept to") {
            ask(
                prompt,
                """{"type":"object","properties":{"name":{"type":"string"},"age":{"type":"integer"},"city":{"type":"string"}}}""",
            ) shouldBe anna
        }

        test("a schema the model never saw is kept to as well") {
            val schema =
                """{"type":"object","required":["mood","sure"],"${'$'}defs":{"mood":{"enum":["positive","negative"]}},"properties":{
                "mood":{"${'$'}ref":"#/${'$'}defs/mood"},"sure":{"type":["boolean","null"]},
                "marks":{"type":"array","items":{"anyOf":[{"const":1},{"const":2}]},"minItems":2,"maxItems":2}}}"""
            val answer = Json.parseToJsonElement(ask("Classify: I love this music.", schema)).jsonObject
            answer.getValue("mood").jsonPrimitive.content shouldBeIn listOf("positive", "negative")
            answer.keys shouldBe setOf("mood", "sure", "marks")
        }

        test("an answer is extracted into a class, by grammar and in free words") {
            pebble { it.extract<Anna>(prompt) } shouldBe Anna("Anna", 31, "Oslo")
            pebble { it.streamObject<Anna>(prompt).last().value } shouldBe Anna("Anna", 31, "Oslo")
            val said = object : AnswerType<Anna> by answerType<Anna>() {
                // No grammar has this keyword, so the schema is told in the prompt.
                override val schema = JsonObject(answerType<Anna>().schema + ("minProperties" to JsonPrimitive(3)))
            }
            roomyPebble { it.extract(prompt, said) } shouldBe Anna("Anna", 31, "Oslo")
        }

        test("a keyword that could not be kept to is refused by name") {
            shouldThrow<NotSupportedException> { ask(prompt, """{"type":"string","pattern":"a+"}""") }.message shouldContain "'pattern'"
            shouldThrow<NotSupportedException> { ask(prompt, """{"${'$'}ref":"#/missing"}""") }.message shouldContain "'#/missing'"
        }
    })

@Serializable
data class Anna(val name: String, val age: Int, val city: String)
