package dev.tandem.workflow.format

import dev.tandem.workflow.Connection
import dev.tandem.workflow.Workflow
import dev.tandem.workflow.WorkflowInput
import dev.tandem.workflow.format.FormatProblem.Kind
import dev.tandem.workflow.format.syntax.Limits
import dev.tandem.workflow.format.syntax.Numbers
import dev.tandem.workflow.format.syntax.Texts
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put

/** Makes of a workflow what a file is to say. What no file can say is a problem. */
internal class WorkflowWriter(parts: WorkflowParts, private val problems: Problems) {
    private val nodes = NodeWriter(parts, problems, ::workflow)

    fun root(workflow: Workflow): JsonObject {
        val root = JsonObject(mapOf("version" to JsonPrimitive(WorkflowReader.VERSION)) + workflow(workflow, ""))
        check(root, "", 1)
        return root
    }

    private fun workflow(workflow: Workflow, path: String): JsonObject = buildJsonObject {
        put("name", workflow.name)
        if (workflow.declared.isNotEmpty()) put("inputs", JsonArray(workflow.declared.map(::input)))
        put("nodes", JsonArray(workflow.nodes.mapIndexed { i, node -> nodes.write(node, "${Spot.pathOf(path, "nodes")}[$i]") }))
        if (workflow.connected.isNotEmpty()) put("connections", JsonArray(workflow.connected.distinct().map(::connection)))
    }

    private fun input(input: WorkflowInput) = buildJsonObject {
        put("name", input.name)
        put("type", input.type.name.lowercase())
        input.default?.let { put("default", it) }
        input.description?.let { put("description", it) }
    }

    private fun connection(connection: Connection) = buildJsonObject {
        put("from", connection.from)
        put("to", connection.to)
    }

    /** What would not come back as it is. */
    private fun check(value: JsonElement, path: String, depth: Int) {
        if (depth > Limits.DEPTH) return problems.add(Kind.TOO_LARGE, path, null, "more than ${Limits.DEPTH} levels are in each other")
        when (value) {
            is JsonObject -> value.forEach { (name, field) ->
                checkText(name, path)
                check(field, Spot.pathOf(path, name), depth + 1)
            }

            is JsonArray -> value.forEachIndexed { i, item -> check(item, "$path[$i]", depth + 1) }

            is JsonPrimitive -> when {
                value.isString -> checkText(value.content, path)
                value is JsonNull || value.content in BOOLEANS || Numbers.isJson(value.content) -> Unit
                else -> problems.add(Kind.NOT_WRITABLE, path, null, "${value.content} is no JSON, or has more than ${Limits.NUMBER} digits")
            }
        }
    }

    private fun checkText(text: String, path: String) {
        if (!Texts.isWhole(text)) problems.add(Kind.NOT_WRITABLE, path, null, "holds half a character of two, which UTF-8 has no word for")
    }

    private companion object {
        val BOOLEANS = setOf("true", "false")
    }
}
