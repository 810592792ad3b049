package dev.tandem.workflow.run

import dev.tandem.model.Usage
import dev.tandem.workflow.Workflow
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject

/** What a workflow has come to; [error] null where it went well. */
internal class Ended(val error: Throwable?, val records: List<NodeRecord>) {
    fun usage(): Usage = records.fold(Usage.NONE) { sum, record -> sum + record.usage }

    fun tools(): List<NodeDone.Tool> = records.flatMap { record -> record.toolCalls.map(NodeDone.Tool::of) }

    fun calls(): List<NodeDone.Call> = records.flatMap { record -> record.modelCalls.map(NodeDone.Call::of) }

    /** Of its last node, or an object of theirs where there are several. */
    fun output(workflow: Workflow): JsonElement {
        val last = workflow.nodes.indices
            .filter { workflow.graph.childrenOf(it).isEmpty() }
            .map(workflow.nodes::get)
        val byName = records.associateBy { it.name }
        if (last.size == 1) return byName[last.single().name]?.output ?: JsonNull
        return JsonObject(
            buildMap {
                for (node in last) byName[node.name]?.output?.let { put(node.outputName, it) }
            },
        )
    }
}
