package dev.tandem.schema

import io.kotest.assertions.fail
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.ints.shouldBeGreaterThan
import io.kotest.matchers.shouldBe
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlin.random.Random

class DialectLimitsSpec :
    FunSpec({
        fun nested(depth: Int): String = if (depth == 1) within("{'type':'null'}") else within(nested(depth - 1))

        fun wide(count: Int, own: String, required: Boolean = true) = (0 until count).map { "'p$it'" }.let { names ->
            "{'type':'object','properties':{${names.joinToString(",") { "$it:$own" }}}," +
                (if (required) "'required':[${names.joinToString(",")}]," else "") + "'additionalProperties':false}"
        }

        fun enum(count: Int, letters: Int) = within("{'enum':[${(0 until count).joinToString(",") { "'${"$it".padEnd(letters, 'x')}'" }}]}")

        listOf(
            Triple("OpenAI: ten objects in one another", nested(10), nested(11)),
            Triple("OpenAI: 5,000 properties", wide(5_000, "{'type':'null'}"), wide(5_001, "{'type':'null'}")),
            Triple("OpenAI: 1,000 values", enum(1_000, 1), enum(1_001, 1)),
            Triple("OpenAI: 15,000 characters in a long enum", enum(300, 50), enum(300, 51)),
            Triple(
                "OpenAI: 120,000 characters",
                wide(1, "{'const':'${"x".repeat(119_998)}'}"),
                wide(1, "{'const':'${"x".repeat(119_999)}'}"),
            ),
        ).forEach { (name, good, bad) ->
            test(name) {
                Dialect.OPENAI.of(parsed(good))?.let { true } shouldBe true
                Dialect.OPENAI.of(parsed(bad)) shouldBe null
            }
        }

        test("Anthropic: 24 optional properties and 16 unions") {
            Dialect.ANTHROPIC.of(parsed(wide(24, "{'type':'null'}", required = false)))?.let { true } shouldBe true
            Dialect.ANTHROPIC.of(parsed(wide(25, "{'type':'null'}", required = false))) shouldBe null
            Dialect.ANTHROPIC.of(parsed(wide(16, "{'type':['string','null']}")))?.let { true } shouldBe true
            Dialect.ANTHROPIC.of(parsed(wide(17, "{'type':['string','null']}"))) shouldBe null
        }

        test("whatever is sent keeps to the rules, and takes whatever is wanted") {
            val seed = System.getProperty("fuzz.seed")?.toLong() ?: System.nanoTime()
            val schemas = Schemas(Random(seed))
            val bounds =
                setOf(
                    "minimum",
                    "maximum",
                    "exclusiveMinimum",
                    "exclusiveMaximum",
                    "multipleOf",
                    "pattern",
                    "format",
                    "minItems",
                    "maxItems",
                )
            val checks = mapOf<Dialect, (JsonObject) -> List<String>>(
                Dialect.OPENAI to { Rules(it).openAi(bounds) },
                Dialect.OPENAI_WIRE to { Rules(it).openAi(emptySet()) },
                Dialect.ANTHROPIC to { Rules(it).anthropic() },
                Dialect.GEMINI to { Rules(it).gemini() },
                Dialect.OLLAMA to { Rules(it).ollama() },
            )
            val sent = checks.keys.associateWith { 0 }.toMutableMap()
            repeat(1_500) {
                val schema = schemas.schema()
                val value = schemas.value(schema).takeIf { Violations(schema).of(it).isEmpty() }
                checks.forEach { (dialect, check) ->
                    val adapted = dialect.of(schema) ?: return@forEach
                    sent[dialect] = sent.getValue(dialect) + 1
                    check(adapted).firstOrNull()?.let { fail("seed $seed, ${nameOf(dialect)}: $it\nof $schema") }
                    if (value == null) return@forEach
                    val asSent = if (dialect.needsAll) filled(value, schema, schema) else value
                    val wrong = Violations(adapted).of(asSent)
                    if (wrong.isNotEmpty()) fail("seed $seed, ${nameOf(dialect)} does not take $asSent: $wrong\n$schema\n$adapted")
                    val tidy = Tidy(schema).of(asSent)
                    if (Violations(schema).of(tidy).isNotEmpty()) fail("seed $seed: $tidy is not what $asSent was by $schema")
                }
            }
            sent.values.forEach { it shouldBeGreaterThan 100 }
        }

        test("null for what could only be left out is left out, and a whole number is written as one") {
            val schema =
                parsed(
                    "{'type':'object','properties':{'a':{'type':'string'},'b':{'type':['string','null']},'c':{'type':'integer'}},'required':['c']}",
                )
            Tidy(schema).of(Json.parseToJsonElement("""{"a":null,"b":null,"c":5.0,"d":null}""")) shouldBe
                Json.parseToJsonElement("""{"b":null,"c":5,"d":null}""")
        }
    })

/** [value] as a model gives it that must not leave anything out. */
private fun filled(value: JsonElement, schema: JsonElement, root: JsonObject): JsonElement {
    if (schema !is JsonObject) return value
    (schema["\$ref"] as? JsonPrimitive)?.let { return filled(value, Schema.at(root, it.content)!!, root) }
    (schema["anyOf"] as? JsonArray)?.let { all -> return filled(value, all.first { Violations(root).fits(value, it) }, root) }
    return when (value) {
        is JsonArray -> JsonArray(value.map { filled(it, schema["items"] ?: JsonNull, root) })

        is JsonObject -> JsonObject(
            (schema["properties"] as? JsonObject).orEmpty().mapValues { (name, own) ->
                value[name]?.let { filled(it, own, root) }
                    ?: JsonNull
            } +
                (value - (schema["properties"] as? JsonObject)?.keys.orEmpty()),
        )

        else -> value
    }
}
