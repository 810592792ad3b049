package dev.tandem.llama

import dev.tandem.error.NotSupportedException
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.intOrNull

/**
 * A JSON Schema as a grammar that the model cannot leave. Written here since the native library's own converter ends
 * the process at a schema it does not know. Every property is written, in the schema's order, without spaces.
 */
internal class SchemaGrammar(private val schema: JsonObject) {
    private val rules = linkedMapOf<String, String>()

    /** Throws [NotSupportedException] at a keyword it would have to ignore. */
    fun text(): String {
        val root = expression(schema)
        return "root ::= $root\n" + rules.entries.joinToString("") { (name, rule) -> "$name ::= $rule\n" } + JsonGrammar.RULES
    }

    private fun expression(node: JsonElement): String {
        if (node !is JsonObject) return "value"
        (node.keys - KNOWN).firstOrNull()?.let { throw refused("the JSON Schema keyword '$it'") }
        val type = node["type"]
        return when {
            "\$ref" in node -> reference(node.word("\$ref"))
            "const" in node -> literal(node.getValue("const"))
            "enum" in node -> choice((node["enum"] as? JsonArray).orEmpty()) { literal(it) }
            "anyOf" in node -> choice((node["anyOf"] as? JsonArray).orEmpty()) { expression(it) }
            "oneOf" in node -> choice((node["oneOf"] as? JsonArray).orEmpty()) { expression(it) }
            type is JsonArray -> choice(type) { expression(JsonObject(node + ("type" to it))) }
            "properties" in node -> fields(node)
            else -> typed((type as? JsonPrimitive)?.contentOrNull, node)
        }
    }

    private fun typed(type: String?, node: JsonObject): String = when (type) {
        null -> "value"
        "array" -> items(node)
        "object", "string", "number", "integer", "boolean", "null" -> type
        else -> throw refused("the JSON Schema type '$type'")
    }

    private fun fields(node: JsonObject): String {
        val fields = (node["properties"] as? JsonObject).orEmpty().map { (name, field) ->
            "${literal(JsonPrimitive(name))} \":\" ${expression(field)}"
        }
        return "\"{\" ${fields.joinToString(" \",\" ")} \"}\""
    }

    private fun items(node: JsonObject): String {
        val item = "(${node["items"]?.let(::expression) ?: "value"})"
        val least = node.count("minItems") ?: 0
        val most = node.count("maxItems")
        if (most == 0) return "\"[]\""
        val more = "(\",\" $item){${maxOf(least - 1, 0)},${most?.minus(1) ?: ""}}"
        return if (least == 0) "\"[\" ($item $more)? \"]\"" else "\"[\" $item $more \"]\""
    }

    private fun reference(pointer: String): String {
        val name = "ref-" + pointer.map { if (it.isLetterOrDigit() && it.code < 128) it else '-' }.joinToString("")
        if (name !in rules) {
            rules[name] = ""
            rules[name] = expression(at(pointer))
        }
        return name
    }

    private fun at(pointer: String): JsonElement {
        if (pointer != "#" && !pointer.startsWith("#/")) throw refused("the reference '$pointer'")
        return pointer.split('/').drop(1).fold<String, JsonElement>(schema) { node, step ->
            (node as? JsonObject)?.get(step.replace("~1", "/").replace("~0", "~")) ?: throw refused("the reference '$pointer'")
        }
    }

    private fun <T> choice(options: Iterable<T>, one: (T) -> String) = options.joinToString(" | ", "(", ")", transform = one)

    private fun literal(value: JsonElement) = '"' + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"'

    private fun JsonObject.word(name: String) = (get(name) as? JsonPrimitive)?.contentOrNull.orEmpty()

    private fun JsonObject.count(name: String) = (get(name) as? JsonPrimitive)?.intOrNull

    private fun refused(what: String) = NotSupportedException("llama: $what is not supported in a response format", LLAMA_DETAILS)

    private companion object {
        val KNOWN = setOf(
            "type",
            "properties",
            "items",
            "minItems",
            "maxItems",
            "const",
            "enum",
            "anyOf",
            "oneOf",
            "\$ref",
            // They explain, or allow what the grammar does not need.
            "required",
            "additionalProperties",
            "\$defs",
            "definitions",
            "\$schema",
            "\$id",
            "title",
            "description",
            "default",
            "examples",
        )
    }
}
