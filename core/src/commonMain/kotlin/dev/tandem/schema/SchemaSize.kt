package dev.tandem.schema

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/** What providers count of a schema. */
internal class SchemaSize(private val root: JsonObject) {
    /** Objects within objects. */
    var depth = 0
        private set
    var properties = 0
        private set

    /** Of properties, those that may be left out. */
    var optionals = 0
        private set

    /** What may be of several types. */
    var unions = 0
        private set

    /** Of enums and constants. */
    var values = 0
        private set

    /** Of all names and values. */
    var characters = 0
        private set

    /** The characters of the longest enum that has many values. */
    var longestEnum = 0
        private set

    /** Of what is referred to; of what leads back to itself, as far as that. */
    private val depths = HashMap<String, Int>()

    init {
        count(root)
        depth = depthOf(root)
    }

    private fun count(node: JsonElement) {
        if (node !is JsonObject) return
        val own = node["properties"] as? JsonObject ?: NONE
        val required = (node["required"] as? JsonArray).orEmpty().toSet()
        properties += own.size
        optionals += own.keys.count { JsonPrimitive(it) !in required }
        characters += own.keys.sumOf { it.length }
        if (node["type"] is JsonArray || "anyOf" in node) unions++
        val choice = node["enum"] as? JsonArray ?: JsonArray(listOfNotNull(node["const"]))
        val letters = choice.sumOf { (it as? JsonPrimitive)?.content?.length ?: 0 }
        values += choice.size
        characters += letters
        if (choice.size > MANY) longestEnum = maxOf(longestEnum, letters)
        (node[Schema.DEFINITIONS] as? JsonObject)?.forEach { (name, each) ->
            characters += name.length
            count(each)
        }
        parts(node).forEach(::count)
    }

    private fun depthOf(node: JsonElement): Int {
        if (node !is JsonObject) return 0
        val reference = (node[Schema.REF] as? JsonPrimitive)?.content
        if (reference == null) return (parts(node).maxOfOrNull(::depthOf) ?: 0) + if ("properties" in node) 1 else 0
        depths[reference]?.let { return it }
        depths[reference] = 0
        return depthOf(Schema.at(root, reference) ?: NONE).also { depths[reference] = it }
    }

    private fun parts(node: JsonObject): List<JsonElement> = listOfNotNull(node["items"], node["additionalProperties"]) +
        (node["properties"] as? JsonObject)?.values.orEmpty() + (node["anyOf"] as? JsonArray).orEmpty()

    private companion object {
        const val MANY = 250
        val NONE = JsonObject(emptyMap())
    }
}
