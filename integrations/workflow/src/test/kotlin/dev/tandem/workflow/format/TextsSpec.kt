package dev.tandem.workflow.format

import dev.tandem.workflow.format.syntax.JsonReader
import dev.tandem.workflow.format.syntax.JsonWriter
import dev.tandem.workflow.format.syntax.YamlReader
import dev.tandem.workflow.format.syntax.YamlWriter
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonArray
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import org.snakeyaml.engine.v2.api.Load
import org.snakeyaml.engine.v2.api.LoadSettings
import org.snakeyaml.engine.v2.schema.CoreSchema
import kotlin.random.Random

/** How texts and numbers look in YAML, and that they are still what they were. */
class TextsSpec :
    StringSpec({
        fun written(text: String) = YamlWriter().write(JsonObject(mapOf("a" to JsonPrimitive(text)))).removePrefix("a:").trimStart(' ')

        fun read(yaml: String) = (YamlReader("a: $yaml").read().toJson() as JsonObject).getValue("a")

        "a text of several lines is a block that people can edit" {
            written("one\ntwo") shouldBe "|-\n  one\n  two\n"
            written("one\n\n  two\n") shouldBe "|\n  one\n\n    two\n"
            written("one \n\ttwo # three") shouldBe "|-\n  one \n  \ttwo # three\n"
            written("  one\ntwo") shouldBe "|2-\n    one\n  two\n"
            written("\none") shouldBe "|2-\n\n  one\n"
        }

        "what a block would not give back is in quotes" {
            written("one\n\n") shouldBe "\"one\\n\\n\"\n"
            written("one\n  ") shouldBe "\"one\\n  \"\n"
            written("one\r\ntwo") shouldBe "\"one\\r\\ntwo\"\n"
            written("\n") shouldBe "\"\\n\"\n"
        }

        "a line is plain where it can be, and in quotes where somebody would take it for something else" {
            listOf(
                "What is known about {{input.topic}}?",
                "größer",
                "a:b",
                "/path",
                "it's",
                "a, b",
            ).forEach { written(it) shouldBe "$it\n" }
            listOf(
                "",
                "no",
                "Yes",
                "off",
                "y",
                "null",
                "true",
                "12",
                "012",
                "1_000",
                "12:30",
                "1e3",
                "2024-01-01",
                "0x1F",
                "~",
                "{{a}}",
                "- a",
                "a ",
                " a",
                "a:",
            ).forEach { written(it) shouldBe "\"$it\"\n" }
            written("""{"a": "{{node.b}}"}""") shouldBe "'{\"a\": \"{{node.b}}\"}'\n"
        }

        "words and numbers as YAML 1.2 has them" {
            mapOf(
                "no" to "\"no\"",
                "on" to "\"on\"",
                "True" to "true",
                "NULL" to "null",
                "~" to "null",
                "" to "null",
                "012" to "12",
                "0o17" to "15",
                "0x1F" to "31",
                "+5" to "5",
                ".5" to "0.5",
                "5." to "5",
                "1.50" to "1.50",
                "1_000" to "\"1_000\"",
                "12:30" to "\"12:30\"",
                "2024-01-01" to "\"2024-01-01\"",
                "!!str 12" to "\"12\"",
                "!!int '12'" to "12",
                "\"12\"" to "\"12\"",
            ).forEach { (yaml, json) -> withClue(yaml) { read(yaml).toString() shouldBe json } }
        }

        "names are as they are written" {
            val root = YamlReader("1: a\nno: b\nnull: c\n0x1F: d\n'': e").read().toJson() as JsonObject
            root.keys shouldBe setOf("1", "no", "null", "0x1F", "")
            YamlWriter().write(root) shouldBe "\"1\": a\n\"no\": b\n\"null\": c\n\"0x1F\": d\n\"\": e\n"
        }

        "short lists and small objects take a line" {
            val root = buildJsonObject {
                put("stop", buildJsonArray { listOf(".", "a, b", "x:y").forEach { add(JsonPrimitive(it)) } })
                put("connections", buildJsonArray { add(buildJsonObject { put("from", "a").also { put("to", "b: c") } }) })
                put("none", JsonObject(emptyMap()))
            }
            YamlWriter(setOf("connections")).write(root) shouldBe
                "stop: [\".\", \"a, b\", \"x:y\"]\nconnections:\n  - {from: a, to: \"b: c\"}\nnone: {}\n"
        }

        "any value comes back by our reader and by the library's own" {
            val library = Load(LoadSettings.builder().setSchema(CoreSchema()).build())
            repeat(VALUES) {
                val seed = Random.nextLong()
                val random = Random(seed)
                val settings = RandomSettings(random, RandomText(random))
                val value = JsonObject(mapOf("a" to settings.json(), RandomText(random).any() to settings.json()))
                val yaml = YamlWriter().write(value)
                withClue("seed $seed\n$yaml") {
                    YamlReader(yaml).read().toJson() shouldBe value
                    JsonReader(JsonWriter().write(value)).read().toJson() shouldBe value
                    texts(library.loadFromString(yaml)) shouldBe texts(plain(value))
                }
            }
        }

        "a long name is asked for" {
            val name = "x".repeat(1_500)
            val yaml = YamlWriter().write(JsonObject(mapOf(name to JsonPrimitive("a\nb"))))
            yaml shouldContain "? xxx"
            (YamlReader(yaml).read().toJson() as JsonObject).getValue(name) shouldBe JsonPrimitive("a\nb")
        }
    })

/** The texts in it, in their order; numbers are of other types there. */
private fun texts(value: Any?): List<String> = when (value) {
    is String -> listOf(value)
    is Map<*, *> -> value.entries.flatMap { (name, field) -> listOf(name.toString()) + texts(field) }
    is List<*> -> value.flatMap(::texts)
    else -> emptyList()
}

private fun plain(value: Any?): Any? = when (value) {
    is JsonPrimitive -> if (value.isString) value.content else null
    is Map<*, *> -> value.mapValues { plain(it.value) }
    is List<*> -> value.map(::plain)
    else -> null
}

private const val VALUES = 3_000
