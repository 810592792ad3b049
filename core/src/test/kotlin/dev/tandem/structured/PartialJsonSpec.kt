package dev.tandem.structured

import io.kotest.assertions.fail
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlin.random.Random

class PartialJsonSpec :
    FunSpec({
        fun read(vararg pieces: String) = PartialJson().also { reader -> pieces.forEach(reader::feed) }.now()?.toString()

        listOf(
            "" to null,
            "Sure! " to null,
            "{" to "{}",
            """{"na""" to "{}",
            """{"name"""" to "{}",
            """{"name": """ to "{}",
            """{"name": "Li""" to """{"name":"Li"}""",
            """{"name": "Li\u00e""" to """{"name":"Li"}""",
            """{"name": "Li\""" to """{"name":"Li"}""",
            """{"name": "Li\"s", "a": [1""" to """{"name":"Li\"s","a":[]}""",
            """{"a": [1, 2.5e1, tru""" to """{"a":[1,2.5e1]}""",
            """{"a": [1, true, {"b": {""" to """{"a":[1,true,{"b":{}}]}""",
            """{"a": null}""" to """{"a":null}""",
            """{"a": [1,], "b": 2,}""" to """{"a":[1],"b":2}""",
            """```json {"a": 1} ``` {"b": 2}""" to """{"a":1}""",
            """Set {x} is {"a": 1""" to """{}""",
            """Set {x} is {"a": 1,""" to """{"a":1}""",
            """{"a": 01}""" to null,
            """{"a" 1}""" to null,
            "{".repeat(3) to "{}",
        ).forEach { (text, json) -> test("$text is $json") { read(text) shouldBe json } }

        test("half a character is not there yet") {
            read("{\"a\": \"x\ud83d") shouldBe """{"a":"x"}"""
            read("{\"a\": \"x\ud83d", "\ude00") shouldBe "{\"a\":\"x\ud83d\ude00\"}"
        }

        test("every reading holds what the one before held, up to the whole") {
            val seed = System.getProperty("fuzz.seed")?.toLong() ?: System.nanoTime()
            val random = Random(seed)
            repeat(300) {
                val whole = Documents(random).value(4, isRoot = true)
                val text = "Sure: " + if (random.nextBoolean()) whole.toString() else Pretty.encodeToString(JsonElement.serializer(), whole)
                val reader = PartialJson()
                var last: JsonElement? = null
                for (char in text) {
                    reader.feed(char.toString())
                    val now = reader.now()
                    if (!grew(last, now)) fail("seed $seed: $last became $now in $text")
                    last = now
                }
                last shouldBe whole
            }
        }

        test("no text brings it down, and none the search for JSON") {
            val seed = System.getProperty("fuzz.seed")?.toLong() ?: System.nanoTime()
            val random = Random(seed)
            repeat(3_000) {
                val text = String(CharArray(random.nextInt(80)) { "{}[]\",:\\u0019nulltrue -.e`\nabc\ud83d".random(random) })
                val reader = PartialJson()
                text.forEach { reader.feed(it.toString()) }
                reader.now()
                candidatesIn(text).toList()
                whyNoJson(text)
            }
            listOf("[", "{\"a\":", "{", "[{\"").forEach { candidatesIn(it.repeat(50_000)).toList() shouldBe emptyList() }
        }
    })

private val Pretty = Json { prettyPrint = true }

private fun grew(before: JsonElement?, after: JsonElement?): Boolean = when (before) {
    null -> true

    is JsonObject -> after is JsonObject && before.all { (name, own) -> grew(own, after[name]) }

    is JsonArray -> after is JsonArray && before.size <= after.size && before.indices.all { grew(before[it], after[it]) }

    is JsonPrimitive -> if (before.isString) {
        after is JsonPrimitive && after.isString && after.content.startsWith(before.content)
    } else {
        before ==
            after
    }
}

/** Any JSON. */
private class Documents(private val random: Random) {
    fun value(depth: Int, isRoot: Boolean = false): JsonElement = when (if (isRoot) 0 else random.nextInt(if (depth == 0) 4 else 6) + 2) {
        0, 6 -> JsonObject(List(random.nextInt(4)) { text() }.associateWith { value(depth - 1) })
        7 -> JsonArray(List(random.nextInt(4)) { value(depth - 1) })
        2 -> JsonPrimitive(random.nextInt())
        3 -> JsonPrimitive(random.nextDouble())
        4 -> Json.parseToJsonElement(listOf("true", "false", "null").random(random))
        else -> JsonPrimitive(text())
    }

    private fun text() = List(random.nextInt(8)) {
        listOf("a", "é", "\"", "\\", "\n", "{", "]", "😀", "\u0001").random(random)
    }.joinToString("")
}
