package dev.tandem.workflow.run

import dev.tandem.workflow.ApprovalNode
import dev.tandem.workflow.MapNode
import dev.tandem.workflow.Node
import dev.tandem.workflow.SubWorkflowNode
import dev.tandem.workflow.Workflow

/** Under which names the approvals of a workflow are known, those of workflows within it too: `outer/inner`, `map[0]/inner`. */
internal object Approvals {
    private val ITEM = Regex("""(.+)(\[\d+])""")
    private const val MOST_SHOWN = 20

    /** Each part of [called] may be a name or an id. What is no approval is refused: nobody would ever wait for its answer. */
    fun nameOf(workflow: Workflow, called: String): String = requireNotNull(find(workflow, called)) {
        val known = namesIn(workflow).take(MOST_SHOWN + 1).toList()
        val more = if (known.size > MOST_SHOWN) " and more" else ""
        "the workflow '${workflow.name}' has no approval '$called' that could be decided, only ${known.take(MOST_SHOWN)}$more"
    }

    private fun find(workflow: Workflow, called: String): String? {
        workflow.node(called)?.let { if (it is ApprovalNode) return it.name }
        // Names may hold slashes, so each of them may be the one between the two.
        return called.indices.filter { called[it] == '/' }.firstNotNullOfOrNull { slash ->
            val (outer, path) = nested(workflow, called.substring(0, slash)) ?: return@firstNotNullOfOrNull null
            find(outer.workflow, called.substring(slash + 1))?.let { "$path/$it" }
        }
    }

    private fun nested(workflow: Workflow, called: String): Pair<SubWorkflowNode, String>? {
        workflow.node(called)?.let { if (it is SubWorkflowNode) return it to it.name }
        val (map, item) = ITEM.matchEntire(called)?.destructured ?: return null
        val node = workflow.node(map) as? MapNode ?: return null
        return (node.each as? SubWorkflowNode)?.let { it to node.name + item }
    }

    private fun namesIn(workflow: Workflow): Sequence<String> = workflow.nodes.asSequence().flatMap(::namesIn)

    private fun namesIn(node: Node): Sequence<String> = when (node) {
        is ApprovalNode -> sequenceOf(node.name)
        is SubWorkflowNode -> namesIn(node.workflow).map { "${node.name}/$it" }
        is MapNode -> namesIn(node.each).map { "${node.name}[…]/${it.substringAfter('/')}" }
        else -> emptySequence()
    }
}
