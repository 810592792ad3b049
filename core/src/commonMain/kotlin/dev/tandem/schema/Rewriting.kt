package dev.tandem.schema

import dev.tandem.schema.Dialect.References
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.contentOrNull

/** One schema on its way into a [Dialect]. */
internal class Rewriting(private val root: JsonObject, private val dialect: Dialect) {
    private val definitions = listOf("definitions", Schema.DEFINITIONS)
        .flatMap { (root[it] as? JsonObject)?.entries.orEmpty() }
        .associate { it.toPair() }

    /** Which definitions each one leads to, and so does the root, which is named "#". */
    private val reached = (definitions + (ROOT to JsonObject(root - Schema.DEFINITIONS - "definitions")))
        .mapValues { referencesIn(it.value) }
        .let(::closure)

    /** Whose schema is being written. */
    private var current = ROOT
    private var isSayable = true

    fun result(): JsonObject? {
        val whole = node(atRoot()) as? JsonObject
        val others = definitions.filterKeys { it in reached.getValue(ROOT) }.mapValues { (name, schema) ->
            current = name
            node(schema)
        }
        if (!isSayable || whole == null) return null
        return if (others.isEmpty()) whole else JsonObject(whole + (Schema.DEFINITIONS to JsonObject(others)))
    }

    /** No provider wants to be referred elsewhere at once. */
    private fun atRoot(): JsonObject {
        val name = nameIn(root) ?: return root
        return JsonObject((definitions[name] as? JsonObject).orEmpty() + (root - Schema.REF))
    }

    private fun node(schema: JsonElement): JsonElement {
        if (schema !is JsonObject || schema.keys.none { it in TELLING }) {
            if (dialect.isClosed) isSayable = false
            return schema
        }
        if (Schema.REF in schema) return reference(schema)
        if ("allOf" in schema) return node(merged(schema))
        val out = linkedMapOf<String, JsonElement>()
        val notes = mutableListOf<String>()
        schema["type"]?.let { out["type"] = it }
        schema.forEach { (keyword, value) ->
            when {
                keyword in SILENT -> Unit
                keyword == "items" -> out[keyword] = node(value)
                keyword == "anyOf" || keyword == "oneOf" -> out["anyOf"] = JsonArray((value as? JsonArray).orEmpty().map(::node))
                keyword == "enum" -> choice(value, keyword, out, notes)
                keyword == "const" -> choice(JsonArray(listOf(value)), keyword, out, notes)
                dialect.takes(keyword, value) -> out[keyword] = value
                else -> notes += "$keyword: ${(value as? JsonPrimitive)?.content ?: value}"
            }
        }
        if (isObject(schema)) members(schema, out)
        if (dialect.isClosed && "array" in Violations.typesOf(schema) && "items" !in schema) isSayable = false
        return described(out, notes)
    }

    private fun members(schema: JsonObject, out: MutableMap<String, JsonElement>) {
        val properties = schema["properties"] as? JsonObject
        val others = schema["additionalProperties"]
        val required = (schema["required"] as? JsonArray).orEmpty().mapNotNull { (it as? JsonPrimitive)?.contentOrNull }
        if (dialect.isClosed && (others.let { it != null && it != NEVER } || (properties == null && others == null))) isSayable = false
        if ("type" !in out) out["type"] = JsonPrimitive("object")
        if (properties != null || dialect.isClosed) {
            out["properties"] = JsonObject(
                properties.orEmpty().mapValues { (name, own) ->
                    node(own).let { if (dialect.needsAll && name !in required && it is JsonObject) orNull(it) else it }
                },
            )
        }
        val needed = when {
            dialect.needsAll -> properties?.keys.orEmpty().toList()
            dialect.references == References.THROUGH_OPTIONAL -> required.filterNot { leadsBack(properties?.get(it)) }
            else -> required
        }
        if (needed.isNotEmpty() || dialect.needsAll) out["required"] = JsonArray(needed.map(::JsonPrimitive))
        if (dialect.isClosed) out["additionalProperties"] = NEVER else others?.let { out["additionalProperties"] = node(it) }
    }

    /** With the type of its values, which not everybody finds out by himself. */
    private fun choice(value: JsonElement, keyword: String, out: MutableMap<String, JsonElement>, notes: MutableList<String>) {
        val values = value as? JsonArray ?: JsonArray(emptyList())
        val types = values.mapNotNull(Schema::typeOf).distinct()
        if (dialect.hasPlainEnums && types.any { it !in PLAIN }) {
            notes += "$keyword: ${if (keyword == "const") values.first() else values}"
        } else {
            out[if (dialect.hasPlainEnums) "enum" else keyword] =
                if (keyword == "const" && !dialect.hasPlainEnums) values.first() else values
        }
        if ("type" in out || types.isEmpty()) return
        out["type"] = types.singleOrNull()?.let(::JsonPrimitive) ?: JsonArray(types.map(::JsonPrimitive))
    }

    private fun reference(schema: JsonObject): JsonElement {
        val name = nameIn(schema)
        if (name == null || (name != ROOT && name !in definitions)) isSayable = false
        if (name != null && dialect.references == References.NEVER && name in reached[name].orEmpty()) isSayable = false
        val target = JsonObject(mapOf(Schema.REF to JsonPrimitive(if (name == ROOT) ROOT else Schema.DEFINED + name)))
        val notes = listOfNotNull(schema["default"]?.let { "default: $it" })
        // Nobody takes words beside a reference.
        return described(linkedMapOf("anyOf" to JsonArray(listOf(target)), "description" to schema["description"]), notes)
            .let { if ("description" in it) it else target }
    }

    private fun described(out: Map<String, JsonElement?>, notes: List<String>): JsonObject {
        val known = (out["description"] as? JsonPrimitive)?.contentOrNull
        val text = listOfNotNull(known, notes.ifEmpty { null }?.joinToString("; ", "(", ")")).joinToString(" ")
        val fields = out.filterKeys { it != "description" }.mapNotNull { (name, value) -> value?.let { name to it } }.toMap()
        return JsonObject(if (text.isEmpty()) fields else fields + ("description" to JsonPrimitive(text)))
    }

    private fun orNull(schema: JsonObject): JsonObject {
        val types = Violations.typesOf(schema)
        val alternatives = schema["anyOf"] as? JsonArray
        return when {
            "null" in types || schema["const"] == JsonNull || NULL in alternatives.orEmpty() -> schema

            alternatives != null -> JsonObject(schema + ("anyOf" to JsonArray(alternatives + NULL)))

            types.isEmpty() || "enum" in schema || "const" in schema -> described(
                linkedMapOf("anyOf" to JsonArray(listOf(JsonObject(schema - "description"), NULL)), "description" to schema["description"]),
                emptyList(),
            )

            else -> JsonObject(schema + ("type" to JsonArray((types + "null").map(::JsonPrimitive))))
        }
    }

    /** All that its parts say, as one schema. */
    private fun merged(schema: JsonObject): JsonObject {
        val parts = (schema["allOf"] as? JsonArray).orEmpty().map { part ->
            val name = (part as? JsonObject)?.let(::nameIn) ?: return@map part
            // One that leads back to itself never ends.
            if (name in reached[name].orEmpty()) isSayable = false
            if (isSayable) definitions[name] ?: JsonNull else JsonNull
        }
        val out = linkedMapOf<String, JsonElement>()
        for (part in parts.filterIsInstance<JsonObject>() + JsonObject(schema - "allOf")) {
            part.forEach { (keyword, value) -> out[keyword] = both(keyword, out[keyword], value) }
        }
        if (parts.any { it !is JsonObject }) isSayable = false
        return JsonObject(out)
    }

    private fun both(keyword: String, one: JsonElement?, other: JsonElement): JsonElement = when {
        one == null || one == other || keyword == "description" || keyword == "title" -> other

        keyword == "required" && one is JsonArray && other is JsonArray -> JsonArray((one + other).distinct())

        keyword == "properties" && one is JsonObject && other is JsonObject -> JsonObject(
            one +
                other.mapValues { (name, own) ->
                    one[name]?.takeIf { it != own }?.let { JsonObject(mapOf("allOf" to JsonArray(listOf(it, own)))) }
                        ?: own
                },
        )

        else -> other.also { isSayable = false }
    }

    private fun leadsBack(schema: JsonElement?) =
        schema != null && referencesIn(schema).any { it == current || current in reached[it].orEmpty() }

    private fun nameIn(schema: JsonObject): String? {
        val reference = (schema[Schema.REF] as? JsonPrimitive)?.content ?: return null
        val name = reference.removePrefix(Schema.DEFINED).removePrefix("#/definitions/")
        return name.takeIf { it == ROOT || ('/' !in it && '#' !in it) }
    }

    private fun referencesIn(schema: JsonElement): Set<String> = when (schema) {
        is JsonObject -> schema.values.flatMapTo(mutableSetOf(), ::referencesIn).also { all -> nameIn(schema)?.let { all += it } }
        is JsonArray -> schema.flatMapTo(mutableSetOf(), ::referencesIn)
        else -> emptySet()
    }

    private fun closure(direct: Map<String, Set<String>>): Map<String, Set<String>> = direct.mapValues { (_, first) ->
        val all = mutableSetOf<String>()
        val next = first.toMutableList()
        while (next.isNotEmpty()) next.removeAt(next.lastIndex).let { if (all.add(it)) next += direct[it].orEmpty() }
        all
    }

    private companion object {
        const val ROOT = "#"
        val NEVER = JsonPrimitive(false)
        val NULL = Schema.ofType("null")
        val PLAIN = setOf("string", "integer", "number")

        /** One of these says what a value is. */
        val TELLING = setOf("type", "properties", "items", "enum", "const", "anyOf", "oneOf", "allOf", Schema.REF)

        /** For people, for other programs, or written elsewhere. */
        val SILENT = setOf(
            "type",
            "properties",
            "required",
            "additionalProperties",
            Schema.DEFINITIONS,
            "definitions",
            "\$schema",
            "\$id",
            "\$comment",
            "examples",
            "deprecated",
        )

        fun isObject(schema: JsonObject) = "properties" in schema || "object" in Violations.typesOf(schema)
    }
}
