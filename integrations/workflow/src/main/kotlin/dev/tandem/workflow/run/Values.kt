package dev.tandem.workflow.run

import dev.tandem.workflow.ConditionNode
import dev.tandem.workflow.NodeInputs
import dev.tandem.workflow.Workflow
import dev.tandem.workflow.template.Mention.Source
import dev.tandem.workflow.template.Reference
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import java.util.concurrent.atomic.AtomicReferenceArray

/** What a run has come to so far. Written by one coroutine, before those start that read it. */
internal class Values(private val workflow: Workflow, val inputs: Map<String, JsonElement>) {
    private val outputs = AtomicReferenceArray<JsonElement?>(workflow.nodeCount)

    operator fun set(node: Int, output: JsonElement) = outputs.set(node, output)

    operator fun get(node: Int): JsonElement? = outputs.get(node)

    /** By name or id. */
    fun of(node: String): JsonElement? = workflow.placeOf(node)?.let(outputs::get)

    /** Of the nodes right before [node] that have one, by their names. */
    fun parentsOf(node: Int): Map<String, JsonElement> = buildMap {
        for (parent in workflow.graph.parentsOf(node)) outputs.get(parent)?.let { put(workflow.nodes[parent].name, it) }
    }

    /** The same without what is of no interest to a model: whom a condition chose. */
    fun contentsBefore(node: Int): Map<String, JsonElement> = parentsOf(node).filterKeys { workflow.node(it) !is ConditionNode }

    /** What a node without a work of its own hands on. */
    fun handedOn(node: Int): JsonElement = parentsOf(node).let { it.values.singleOrNull() ?: JsonObject(it) }

    fun at(reference: Reference, item: Item?): JsonElement? = when (reference.source) {
        Source.NODE -> of(reference.name)
        Source.INPUT -> inputs[reference.name]
        Source.ITEM -> item?.value
        Source.INDEX -> item?.let { JsonPrimitive(it.index) }
    }

    fun forFunction(node: Int, item: Item?): NodeInputs = NodeInputs(inputs, parentsOf(node), item?.value, item?.index, {
        workflow.node(it) !=
            null
    }, ::of)

    /** What a map is at. */
    class Item(val index: Int, val value: JsonElement)

    companion object {
        /** A list as it is, a text with an item in each line; null for what is neither. */
        fun itemsOf(value: JsonElement): List<JsonElement>? = when {
            value is JsonArray -> {
                value
            }

            value is JsonPrimitive && value.isString -> {
                value.content
                    .lines()
                    .filter { it.isNotBlank() }
                    .map { JsonPrimitive(it.trim()) }
            }

            else -> {
                null
            }
        }
    }
}
