package dev.tandem.workflow.run

import dev.tandem.workflow.Filled
import dev.tandem.workflow.SubWorkflowNode
import dev.tandem.workflow.template.Reference
import kotlinx.serialization.json.JsonElement

/** A workflow within a workflow. */
internal class Nesting(private val stage: Stage) {
    suspend fun done(node: SubWorkflowNode, filled: Filled, path: String, at: (Reference) -> JsonElement?): NodeDone {
        val given = node.inputs.keys.associateWith { filled.own.getValue("input '$it'").value(at) }
        val inputs = Inputs.of(node.workflow, given)
        val ended = Conductor(stage.house, node.workflow, inputs, path, stage.keys != null).run()
        ended.error?.let { throw it }
        return NodeDone(
            output = ended.output(node.workflow),
            usage = NodeDone.Tokens.of(ended.usage()),
            tools = ended.tools(),
            calls = ended.calls(),
        )
    }
}
