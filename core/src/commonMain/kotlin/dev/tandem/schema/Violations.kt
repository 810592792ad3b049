package dev.tandem.schema

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.doubleOrNull
import kotlinx.serialization.json.intOrNull
import kotlinx.serialization.json.longOrNull

/**
 * What is wrong with a value, by a JSON Schema: each with its place, the value and what it should be. Knows the keywords that
 * types and tools use; whatever else a schema says is not looked at.
 */
internal class Violations(private val root: JsonObject) {
    /** How many schemas may still look at something: alternatives within alternatives have no end of them. */
    private var looks = MOST_LOOKS

    fun of(value: JsonElement, schema: JsonElement = root): List<String> = buildList { check(value, schema, "$", 0, 0) }

    fun fits(value: JsonElement, schema: JsonElement): Boolean = of(value, schema).isEmpty()

    /** [hops] counts the schemas that look at this very value: a reference may lead back to itself. */
    private fun MutableList<String>.check(value: JsonElement, schema: JsonElement, at: String, depth: Int, hops: Int) {
        if (schema !is JsonObject) {
            if (schema == NEVER) add("$at is not allowed")
            return
        }
        if (depth > DEEPEST || hops > MOST_HOPS || looks-- < 0) {
            add("$at is ${if (looks < 0) "too large" else "nested too deep"} to be checked")
            return
        }
        schema.word(Schema.REF)?.let { reference ->
            val target = Schema.at(root, reference)
            if (target == null) add("$at cannot be checked: the schema has no $reference") else check(value, target, at, depth, hops + 1)
        }
        if (!isOfType(value, schema, at)) return
        values(value, schema, at)
        when (value) {
            is JsonObject -> members(value, schema, at, depth)
            is JsonArray -> items(value, schema, at, depth)
            is JsonPrimitive -> if (value.isString) text(value.content, schema, at) else number(value, schema, at)
        }
        schema.list("allOf").forEach { check(value, it, at, depth, hops + 1) }
        alternatives(value, schema.list("anyOf"), at, depth, hops)
        alternatives(value, schema.list("oneOf"), at, depth, hops, isExclusive = true)
    }

    private fun MutableList<String>.isOfType(value: JsonElement, schema: JsonObject, at: String): Boolean {
        val types = typesOf(schema)
        val type = Schema.typeOf(value)
        if (types.isEmpty() || type in types || (type == "integer" && "number" in types)) return true
        add("$at is ${shown(value)}, but must be ${types.joinToString(" or ") { WORDS[it] ?: it }}")
        return false
    }

    private fun MutableList<String>.values(value: JsonElement, schema: JsonObject, at: String) {
        schema["const"]?.let { if (!same(value, it)) add("$at is ${shown(value)}, but must be ${shown(it)}") }
        val values = schema["enum"] as? JsonArray ?: return
        if (values.any { same(value, it) }) return
        val some = values.take(MOST_VALUES).joinToString { shown(it) }
        add("$at is ${shown(value)}, but must be one of $some${if (values.size > MOST_VALUES) " …" else ""}")
    }

    private fun MutableList<String>.members(value: JsonObject, schema: JsonObject, at: String, depth: Int) {
        val properties = schema["properties"] as? JsonObject ?: NONE
        schema.list("required").forEach {
            val name = (it as? JsonPrimitive)?.content.orEmpty()
            if (name !in value) add("${at(at, name)} is missing")
        }
        val others = schema["additionalProperties"].takeIf { "patternProperties" !in schema }
        value.forEach { (name, member) ->
            val own = properties[name]
            when {
                own != null -> check(member, own, at(at, name), depth + 1, 0)
                others == NEVER -> add("${at(at, name)} is not allowed: there are only ${properties.keys}")
                others != null -> check(member, others, at(at, name), depth + 1, 0)
            }
        }
    }

    private fun MutableList<String>.items(value: JsonArray, schema: JsonObject, at: String, depth: Int) {
        schema.count("minItems")?.let { if (value.size < it) add("$at has ${value.size} items, but must have at least $it") }
        schema.count("maxItems")?.let { if (value.size > it) add("$at has ${value.size} items, but must have at most $it") }
        val first = schema.list("prefixItems")
        value.forEachIndexed { i, item ->
            val own = first.getOrNull(i) ?: schema["items"]
            if (own != null) check(item, own, "$at[$i]", depth + 1, 0)
        }
    }

    private fun MutableList<String>.text(value: String, schema: JsonObject, at: String) {
        // Surrogate pairs are one character to JSON Schema.
        val length = value.length - value.count { it.isLowSurrogate() }
        schema.count("minLength")?.let { if (length < it) add("$at has $length characters, but must have at least $it") }
        schema.count("maxLength")?.let { if (length > it) add("$at has $length characters, but must have at most $it") }
        schema.word("pattern")?.let { pattern ->
            val regex = runCatching { Regex(pattern) }.getOrNull()
            if (regex?.containsMatchIn(value) == false) add("$at is ${shown(JsonPrimitive(value))}, but must match $pattern")
        }
        schema.word("format")?.let { format ->
            if (FORMATS[format]?.matches(value) == false) add("$at is ${shown(JsonPrimitive(value))}, but must be a $format")
        }
    }

    private fun MutableList<String>.number(value: JsonPrimitive, schema: JsonObject, at: String) {
        if (value.doubleOrNull == null) return

        fun bound(keyword: String, words: String, isKept: (Int) -> Boolean) {
            val limit = schema[keyword] as? JsonPrimitive ?: return
            if (!isKept(compare(value, limit))) add("$at is ${shown(value)}, but must be $words $limit")
        }
        bound("minimum", "at least") { it >= 0 }
        bound("maximum", "at most") { it <= 0 }
        bound("exclusiveMinimum", "more than") { it > 0 }
        bound("exclusiveMaximum", "less than") { it < 0 }
    }

    private fun MutableList<String>.alternatives(
        value: JsonElement,
        schemas: List<JsonElement>,
        at: String,
        depth: Int,
        hops: Int,
        isExclusive: Boolean = false,
    ) {
        if (schemas.isEmpty()) return
        val wrongs = schemas.map { one ->
            buildList {
                constantsOf(one).forEach { (name, own) ->
                    if (isOther(value, name, own)) values((value as JsonObject).getValue(name), own, at(at, name))
                }
                // What names itself another one is not looked at as this one.
                if (isEmpty()) check(value, one, at, depth, hops + 1)
            }
        }
        val fitting = wrongs.count { it.isEmpty() }
        if (fitting == 0) {
            addAll(wrongs[nearest(value, schemas, wrongs, at)])
        } else if (fitting > 1 && isExclusive) {
            add("$at fits $fitting alternatives, but must fit one only")
        }
    }

    /** Which alternative the value was meant to be: one that it names by a constant, or else one of its type, with the fewest mistakes. */
    private fun nearest(value: JsonElement, schemas: List<JsonElement>, wrongs: List<List<String>>, at: String): Int {
        val meant = schemas.indexOfFirst { one ->
            val constants = constantsOf(one)
            value is JsonObject && constants.isNotEmpty() && constants.all { (name, own) -> name in value && !isOther(value, name, own) }
        }
        if (meant >= 0) return meant
        return schemas.indices.minBy { i -> wrongs[i].size + if (wrongs[i].any { it.startsWith("$at is ") }) OF_ANOTHER_TYPE else 0 }
    }

    /** Whether [value] says by a constant that it is something else than [schema]. */
    fun isOther(value: JsonElement, schema: JsonElement): Boolean = constantsOf(schema).any { (name, own) -> isOther(value, name, own) }

    private fun isOther(value: JsonElement, name: String, constant: JsonObject): Boolean =
        (value as? JsonObject)?.get(name)?.let { it != JsonNull && !same(it, constant.getValue("const")) } == true

    private fun constantsOf(schema: JsonElement): List<Pair<String, JsonObject>> {
        val node = (schema as? JsonObject)?.word(Schema.REF)?.let { Schema.at(root, it) } ?: schema
        val properties = (node as? JsonObject)?.get("properties") as? JsonObject ?: return emptyList()
        return properties.mapNotNull { (name, own) -> (own as? JsonObject)?.takeIf { "const" in it }?.let { name to it } }
    }

    internal companion object {
        private const val MOST_LOOKS = 1_000_000
        private const val DEEPEST = 500
        private const val MOST_HOPS = 12
        private const val MOST_VALUES = 20
        private const val MOST_SHOWN = 60
        private const val OF_ANOTHER_TYPE = 1000
        private val NEVER = JsonPrimitive(false)
        private val NONE = JsonObject(emptyMap())
        private val NAME = Regex("[A-Za-z_][A-Za-z0-9_]*")
        private val WORDS = mapOf(
            "object" to "an object",
            "array" to "a list",
            "string" to "a text",
            "integer" to "a whole number",
            "number" to "a number",
            "boolean" to "true or false",
        )

        private const val DAY = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
        private const val TIME = "([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\\.[0-9]+)?([Zz]|[-+]([01][0-9]|2[0-3]):[0-5][0-9])"
        private val FORMATS = mapOf(
            "date" to Regex(DAY),
            "time" to Regex(TIME),
            "date-time" to Regex("$DAY[Tt]$TIME"),
            "uuid" to Regex("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
        )

        fun typesOf(schema: JsonObject): List<String> = when (val type = schema["type"]) {
            is JsonArray -> type.mapNotNull { (it as? JsonPrimitive)?.contentOrNull }
            is JsonPrimitive -> listOf(type.content)
            else -> emptyList()
        }

        /** A value for a message: not all of a long one. */
        fun shown(value: JsonElement): String = value.toString().let { if (it.length <= MOST_SHOWN) it else it.take(MOST_SHOWN) + "…" }

        private fun at(at: String, name: String) = if (NAME.matches(name)) "$at.$name" else "$at[${JsonPrimitive(name)}]"

        private fun same(one: JsonElement, other: JsonElement): Boolean = when {
            one == other -> true
            one is JsonObject && other is JsonObject -> one.keys == other.keys && one.all { (name, own) -> same(own, other.getValue(name)) }
            one is JsonArray && other is JsonArray -> one.size == other.size && one.indices.all { same(one[it], other[it]) }
            one !is JsonPrimitive || other !is JsonPrimitive || one.isString || other.isString -> false
            else -> one.doubleOrNull != null && other.doubleOrNull != null && compare(one, other) == 0
        }

        private fun compare(one: JsonPrimitive, other: JsonPrimitive): Int {
            val whole = one.longOrNull
            val otherWhole = other.longOrNull
            if (whole != null && otherWhole != null) return whole.compareTo(otherWhole)
            return (one.doubleOrNull ?: Double.NaN).compareTo(other.doubleOrNull ?: Double.NaN)
        }

        private fun JsonObject.word(name: String) = (get(name) as? JsonPrimitive)?.takeIf { it.isString }?.content

        private fun JsonObject.count(name: String) = (get(name) as? JsonPrimitive)?.intOrNull

        private fun JsonObject.list(name: String): List<JsonElement> = get(name) as? JsonArray ?: emptyList()
    }
}
