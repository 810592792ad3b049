package dev.tandem.schema

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonArray
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlin.random.Random

/** Schemas made up at random, and values that fit them or nearly do. */
internal class Schemas(private val random: Random) {
    private val names = listOf("name", "age", "city", "odd name", "ü", "value")

    fun schema(): JsonObject {
        val defined = if (random.nextInt(3) == 0) listOf("Node", "Leaf") else emptyList()
        val root = objectOf(4, defined)
        if (defined.isEmpty()) return root
        return JsonObject(root + ("\$defs" to JsonObject(defined.associateWith { objectOf(2, defined) })))
    }

    private fun node(depth: Int, defined: List<String>): JsonObject = when (random.nextInt(if (depth == 0) 6 else 11)) {
        0 -> bounded("string", "minLength" to 1, "maxLength" to 4)

        1 -> bounded("integer", "minimum" to -3, "maximum" to 5)

        2 -> bounded("number", "exclusiveMinimum" to -3, "maximum" to 5)

        3 -> JsonObject(mapOf("type" to JsonPrimitive("boolean")))

        4 -> Schema.oneOf(listOf("a", "b", "c"))

        5 -> buildJsonObject { put("const", if (random.nextBoolean()) JsonPrimitive(1) else JsonPrimitive("x")) }

        6 -> Schema.orNull(node(depth - 1, defined))

        7 -> JsonObject(Schema.listOf(node(depth - 1, defined)) + maybe("minItems", 1) + maybe("maxItems", 2))

        8 -> Schema.anyOf(List(random.nextInt(1, 4)) { node(depth - 1, defined) })

        9 -> if (defined.isEmpty()) {
            Schema.mapOf(
                node(depth - 1, defined),
            )
        } else {
            Schema.described(Schema.reference(defined.random(random)), "so")
        }

        else -> objectOf(depth - 1, defined)
    }

    private fun objectOf(depth: Int, defined: List<String>): JsonObject {
        val schema = Schema.objectOf()
        names.shuffled(random).take(random.nextInt(0, 4)).forEach {
            val own = node(depth, defined)
            // Whoever must have one of its own kind never ends.
            if (random.nextBoolean() && "\$ref" !in own.toString()) schema.property(it, own) else schema.optional(it, own)
        }
        return schema.build()
    }

    private fun bounded(type: String, vararg bounds: Pair<String, Int>) =
        JsonObject(mapOf("type" to JsonPrimitive(type)) + bounds.flatMap { (name, value) -> maybe(name, value) })

    private fun maybe(name: String, value: Int) = if (random.nextInt(3) == 0) listOf(name to JsonPrimitive(value)) else emptyList()

    /** A value of [schema]; one in some is not quite right. */
    fun value(schema: JsonObject, root: JsonObject = schema, depth: Int = 0): JsonElement {
        if (random.nextInt(60) == 0) return junk()
        (schema["\$ref"] as? JsonPrimitive)?.let { return value(Schema.at(root, it.content) as JsonObject, root, depth) }
        (schema["anyOf"] as? JsonArray)?.let { return value(it.random(random) as JsonObject, root, depth) }
        schema["const"]?.let { return it }
        (schema["enum"] as? JsonArray)?.let { return it.random(random) }
        return when (Violations.typesOf(schema).random(random)) {
            "string" -> JsonPrimitive("abcdé😀".take(random.nextInt(0, 6)).trimEnd { it.isHighSurrogate() })
            "integer" -> if (random.nextInt(9) == 0) JsonPrimitive(2.0) else JsonPrimitive(random.nextInt(-5, 8))
            "number" -> JsonPrimitive(random.nextInt(-10, 14) / 2.0)
            "boolean" -> JsonPrimitive(random.nextBoolean())
            "array" -> buildJsonArray { repeat(random.nextInt(0, 4)) { add(value(schema["items"] as JsonObject, root, depth + 1)) } }
            "object" -> members(schema, root, depth)
            else -> JsonNull
        }
    }

    private fun members(schema: JsonObject, root: JsonObject, depth: Int): JsonObject = buildJsonObject {
        val required = (schema["required"] as? JsonArray).orEmpty()
        (schema["properties"] as? JsonObject)?.forEach { (name, own) ->
            val isWanted = if (JsonPrimitive(name) in required) random.nextInt(60) > 0 else depth < 5 && random.nextBoolean()
            if (isWanted) put(name, value(own as JsonObject, root, depth + 1))
        }
        (schema["additionalProperties"] as? JsonObject)?.let { own ->
            repeat(random.nextInt(3)) { put("k$it", value(own, root, depth + 1)) }
        }
        if (random.nextInt(60) == 0) put("extra", 1)
    }

    private fun junk(): JsonElement =
        listOf(JsonNull, JsonPrimitive("junk"), JsonPrimitive(-7), JsonPrimitive(2.5), JsonArray(emptyList()), JsonObject(emptyMap()))
            .random(random)
}
