package dev.tandem.workflow.run

import dev.tandem.workflow.Node
import dev.tandem.workflow.Workflow
import dev.tandem.workflow.template.Reference
import kotlinx.serialization.json.JsonElement

/** What the nodes of one workflow share while it is run. */
internal class Stage(
    val house: House,
    val workflow: Workflow,
    val values: Values,
    /** Null where nothing outlives the process. */
    val keys: Keys?,
    /** Before the names of nodes: `outer/` in a workflow within another. */
    val path: String,
) {
    val steps get() = house.steps

    fun nameOf(node: Node): String = path + node.name

    fun stepOf(node: Node, place: Int): String = keys?.stepOf(node, place) ?: node.name

    /** What templates mention outside of maps. */
    fun at(reference: Reference): JsonElement? = values.at(reference, null)
}
