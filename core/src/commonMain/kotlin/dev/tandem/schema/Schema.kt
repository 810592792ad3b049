package dev.tandem.schema

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlin.jvm.JvmStatic

/** JSON Schema put together by hand, for what no class describes: `Schema.objectOf().property("city", Schema.text()).build()`. */
public object Schema {
    private val NULL = ofType("null")

    /** Any text. */
    @JvmStatic
    public fun text(): JsonObject = ofType("string")

    /** [format] is a name of JSON Schema's, such as `date-time`. */
    @JvmStatic
    public fun text(format: String): JsonObject = JsonObject(text() + ("format" to JsonPrimitive(format)))

    /** A whole number. */
    @JvmStatic
    public fun integer(): JsonObject = ofType("integer")

    /** A number with or without a fraction. */
    @JvmStatic
    public fun number(): JsonObject = ofType("number")

    /** True or false. */
    @JvmStatic
    public fun bool(): JsonObject = ofType("boolean")

    /** One of these texts. */
    @JvmStatic
    public fun oneOf(values: List<String>): JsonObject {
        require(values.isNotEmpty()) { "a choice needs at least one value" }
        return JsonObject(text() + ("enum" to JsonArray(values.map(::JsonPrimitive))))
    }

    /** As many as there are, each of the schema [items]. */
    @JvmStatic
    public fun listOf(items: JsonObject): JsonObject = JsonObject(ofType("array") + ("items" to items))

    /** Names of any kind, each with such a value. */
    @JvmStatic
    public fun mapOf(values: JsonObject): JsonObject = JsonObject(ofType("object") + ("additionalProperties" to values))

    /** What fits at least one of [schemas]. */
    @JvmStatic
    public fun anyOf(schemas: List<JsonObject>): JsonObject = JsonObject(kotlin.collections.mapOf("anyOf" to JsonArray(schemas)))

    /** What fits [schema], and null besides. */
    @JvmStatic
    public fun orNull(schema: JsonObject): JsonObject {
        val type = schema["type"] as? JsonPrimitive
        if (type == null || "enum" in schema || "const" in schema) return anyOf(kotlin.collections.listOf(schema, NULL))
        return JsonObject(schema + ("type" to JsonArray(kotlin.collections.listOf(type, JsonPrimitive("null")))))
    }

    /** What [withDefinitions] gives under [name]. */
    @JvmStatic
    public fun reference(name: String): JsonObject = JsonObject(kotlin.collections.mapOf(REF to JsonPrimitive(DEFINED + name)))

    /** [schema], in which a [reference] leads to one of [definitions] by its name. */
    @JvmStatic
    public fun withDefinitions(schema: JsonObject, definitions: Map<String, JsonObject>): JsonObject =
        if (definitions.isEmpty()) schema else JsonObject(schema + (DEFINITIONS to JsonObject(definitions)))

    /** [schema] with what it means; a blank [text] says nothing. */
    @JvmStatic
    public fun described(schema: JsonObject, text: String): JsonObject =
        if (text.isBlank()) schema else JsonObject(schema + ("description" to JsonPrimitive(text)))

    /** [schema] with what holds where nothing is said; null for no such value. */
    @JvmStatic
    public fun withDefault(schema: JsonObject, value: JsonElement?): JsonObject =
        if (value == null || value == JsonNull) schema else JsonObject(schema + ("default" to value))

    /** Without a property yet. */
    @JvmStatic
    public fun objectOf(): ObjectSchema = ObjectSchema()

    /** What [reference] leads to within [root]; null where there is nothing. */
    internal fun at(root: JsonObject, reference: String): JsonElement? {
        if (reference != "#" && !reference.startsWith("#/")) return null
        return reference.split('/').drop(1).fold<String, JsonElement?>(root) { node, step ->
            (node as? JsonObject)?.get(step.replace("~1", "/").replace("~0", "~"))
        }
    }

    /** The type of [value] in JSON Schema's words, `integer` for every whole number; null for what is no JSON at all. */
    internal fun typeOf(value: JsonElement): String? = when {
        value is JsonObject -> "object"
        value is JsonArray -> "array"
        value == JsonNull -> "null"
        (value as JsonPrimitive).isString -> "string"
        value.content == "true" || value.content == "false" -> "boolean"
        !NUMBER.matches(value.content) -> null
        WHOLE.matches(value.content) -> "integer"
        else -> if (value.content.toDouble() % 1.0 == 0.0) "integer" else "number"
    }

    private val NUMBER = Regex("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?")
    private val WHOLE = Regex("-?[0-9]+")

    internal fun ofType(type: String) = JsonObject(kotlin.collections.mapOf("type" to JsonPrimitive(type)))

    internal const val REF = "\$ref"
    internal const val DEFINITIONS = "\$defs"
    internal const val DEFINED = "#/\$defs/"
}
