package dev.tandem.schema

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.doubleOrNull

/**
 * Takes from a value what a provider's form of the schema has brought into it: null for a property that could only be left out
 * by the schema itself, and `5.0` for a whole number; and from a number the quotes that a model, or a mask, has put around it.
 */
internal class Tidy(private val root: JsonObject) {
    private val violations = Violations(root)
    private var tries = 0

    fun of(value: JsonElement, schema: JsonElement? = root, hops: Int = 0): JsonElement {
        if (schema !is JsonObject || hops > MOST_HOPS) return value
        val target = (schema[Schema.REF] as? JsonPrimitive)?.let { Schema.at(root, it.content) }
        if (target != null) return of(value, target, hops + 1)
        val alternatives = (schema["anyOf"] ?: schema["oneOf"]) as? JsonArray
        if (alternatives != null) {
            val own = alternatives.filterNot { violations.isOther(value, it) }
            // Where each alternative has alternatives there is no end of them.
            if (tries++ > MOST_TRIES) return value
            return own.firstNotNullOfOrNull { one -> of(value, one, hops + 1).takeIf { violations.fits(it, one) } } ?: value
        }
        val all = (schema["allOf"] as? JsonArray).orEmpty().fold(value) { each, one -> of(each, one, hops + 1) }
        return when (all) {
            is JsonObject -> members(all, schema)
            is JsonArray -> JsonArray(all.map { of(it, schema["items"]) })
            is JsonPrimitive -> number(all, schema)
        }
    }

    private fun members(value: JsonObject, schema: JsonObject): JsonObject {
        val properties = schema["properties"] as? JsonObject
        val required = (schema["required"] as? JsonArray).orEmpty()
        val kept = linkedMapOf<String, JsonElement>()
        for ((name, member) in value) {
            val own = properties?.get(name)
            val isLeftOut = member == JsonNull && own != null && JsonPrimitive(name) !in required && !violations.fits(JsonNull, own)
            if (!isLeftOut) kept[name] = of(member, own ?: schema["additionalProperties"])
        }
        return JsonObject(kept)
    }

    private fun number(value: JsonPrimitive, schema: JsonObject): JsonPrimitive {
        val types = Violations.typesOf(schema)
        val isNumber = "number" in types
        if (value.isString && "string" !in types && (isNumber || "integer" in types) && NUMBER.matches(value.content)) {
            return number(Json.parseToJsonElement(value.content) as JsonPrimitive, schema)
        }
        if ("integer" !in types || isNumber || value.isString || value.content.all { it.isDigit() || it == '-' }) return value
        val number = value.doubleOrNull?.takeIf { it % 1.0 == 0.0 && it > -SAFE && it < SAFE } ?: return value
        return JsonPrimitive(number.toLong())
    }

    private companion object {
        const val MOST_HOPS = 12
        val NUMBER = Regex("-?(0|[1-9][0-9]*)(\\.[0-9]+)?")
        const val MOST_TRIES = 100_000

        /** Up to here a double holds every whole number. */
        const val SAFE = 9_007_199_254_740_992.0
    }
}
