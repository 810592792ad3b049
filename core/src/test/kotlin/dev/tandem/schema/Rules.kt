package dev.tandem.schema

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/** What providers document of the schemas they take, looked at from outside: the rules that [schema] breaks. */
internal class Rules(private val schema: JsonObject) {
    private val broken = mutableListOf<String>()
    private val common =
        setOf("type", "properties", "required", "items", "enum", "const", "anyOf", "additionalProperties", "title", "description", "\$ref")
    private val formats = setOf("date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid")

    fun openAi(bounds: Set<String>): List<String> {
        rule(schema["type"] == JsonPrimitive("object") && "anyOf" !in schema, "the root is an object")
        everywhere { node ->
            closed(node)
            only(node, common + bounds)
            val properties = (node["properties"] as? JsonObject)?.keys.orEmpty()
            rule(names(node["required"]) == properties.toList(), "all properties are required: $node")
            rule("\$ref" !in node || node.size == 1, "a reference stands alone: $node")
            rule((node["format"] as? JsonPrimitive)?.content.let { it == null || it in formats }, "known formats: $node")
        }
        return broken
    }

    fun anthropic(): List<String> {
        everywhere { node ->
            closed(node)
            only(node, common + setOf("default", "format", "minItems"))
            rule(node["minItems"].let { it == null || it == JsonPrimitive(0) || it == JsonPrimitive(1) }, "minItems is 0 or 1: $node")
            rule("\$ref" !in node || node.size == 1, "a reference stands alone: $node")
        }
        definitions().keys.forEach { rule(it !in reached(it), "$it leads back to itself") }
        return broken
    }

    fun gemini(): List<String> {
        everywhere { node ->
            only(node, common - "const" + setOf("format", "minimum", "maximum", "minItems", "maxItems"))
            rule("\$ref" !in node || node.size == 1, "a reference stands alone: $node")
            rule(
                (node["enum"] as? JsonArray).orEmpty().all {
                    it != JsonNull && Schema.typeOf(it) in setOf("string", "integer", "number")
                },
                "enums: $node",
            )
        }
        // Through what must be there nothing leads back to itself.
        definitions().keys.forEach { rule(it !in reached(it, requiredOnly = true), "$it has to have itself") }
        return broken
    }

    fun ollama(): List<String> {
        everywhere {
            only(
                it,
                common +
                    setOf(
                        "format",
                        "minimum",
                        "maximum",
                        "exclusiveMinimum",
                        "exclusiveMaximum",
                        "minItems",
                        "maxItems",
                        "minLength",
                        "maxLength",
                        "default",
                    ),
            )
        }
        return broken
    }

    private fun closed(node: JsonObject) {
        rule(node.keys.any { it == "type" || it == "anyOf" || it == "\$ref" || it == "enum" }, "it has a type: $node")
        if ("object" in
            Violations.typesOf(node)
        ) {
            rule(node["additionalProperties"] == JsonPrimitive(false) && "properties" in node, "it is closed: $node")
        }
    }

    private fun only(node: JsonObject, keywords: Set<String>) = rule(
        (node.keys - "\$defs").all {
            it in keywords
        },
        "${node.keys - keywords}: $node",
    )

    private fun rule(isKept: Boolean, what: String) {
        if (!isKept) broken += what
    }

    private fun everywhere(look: (JsonObject) -> Unit) {
        fun each(node: JsonElement) {
            if (node !is JsonObject) return
            look(node)
            parts(node).forEach { (_, part) -> each(part) }
        }
        each(schema)
        definitions().values.forEach(::each)
    }

    private fun definitions() = schema["\$defs"] as? JsonObject ?: JsonObject(emptyMap())

    private fun names(list: JsonElement?) = (list as? JsonArray).orEmpty().map { (it as JsonPrimitive).content }

    /** The parts of a schema, and whether they must be there. */
    private fun parts(node: JsonObject): List<Pair<Boolean, JsonElement>> =
        (node["properties"] as? JsonObject)?.map { (name, own) -> (name in names(node["required"])) to own }.orEmpty() +
            listOfNotNull(node["items"], node["additionalProperties"]).map { true to it } +
            (node["anyOf"] as? JsonArray).orEmpty().map { true to it }

    private fun reached(name: String, requiredOnly: Boolean = false): Set<String> {
        val found = mutableSetOf<String>()

        fun look(node: JsonElement) {
            if (node !is JsonObject) return
            (node["\$ref"] as? JsonPrimitive)?.content?.substringAfterLast('/')?.let { if (found.add(it)) look(definitions().getValue(it)) }
            parts(node).filter { (isRequired, _) -> isRequired || !requiredOnly }.forEach { (_, part) -> look(part) }
        }
        look(definitions().getValue(name))
        return found
    }
}
