package dev.tandem.workflow.drawing

import dev.tandem.workflow.AgentNode
import dev.tandem.workflow.ApprovalNode
import dev.tandem.workflow.ConditionNode
import dev.tandem.workflow.DelayNode
import dev.tandem.workflow.HttpNode
import dev.tandem.workflow.JoinNode
import dev.tandem.workflow.MapNode
import dev.tandem.workflow.Node
import dev.tandem.workflow.SubWorkflowNode
import dev.tandem.workflow.TransformNode
import dev.tandem.workflow.Workflow

/** What there is to draw of a workflow, whoever draws it. Ids are `n3`, and `n3_0` within it: names can be anything. */
internal class Figure private constructor(val parts: List<Part>, val edges: List<Edge>) {
    /** One that nothing comes before. */
    val first: Part by lazy { edges.mapTo(HashSet()) { it.to }.let { later -> parts.first { it !in later } } }

    /** One that nothing comes after. */
    val last: Part by lazy { edges.mapTo(HashSet()) { it.from }.let { earlier -> parts.last { it !in earlier } } }

    sealed class Part(val id: String, val node: Node) {
        val name: String get() = Labels.cut(node.name, LONGEST_NAME)
    }

    class Box(id: String, node: Node, val detail: String) : Part(id, node)

    /** A workflow within this one. */
    class Cluster(id: String, node: Node, val title: String, val inside: Figure) : Part(id, node)

    class Edge(
        val from: Part,
        val to: Part,
        /** What a condition has to say for it; null where nobody knows, or no condition is asked. */
        val label: String?,
        /** A condition goes this way or not. */
        val isChoice: Boolean,
    )

    companion object {
        private const val LONGEST_NAME = 60
        private const val LONGEST_LABEL = 40

        fun of(workflow: Workflow, prefix: String = "n"): Figure {
            val parts = workflow.nodes.mapIndexed { place, node -> partOf(node, "$prefix$place") }
            val edges = workflow.nodes.flatMapIndexed { place, node ->
                val labels = if (node is ConditionNode) labelsOf(node, workflow) else emptyMap()
                workflow.graph.childrenOf(place).map { Edge(parts[place], parts[it], labels[it], node is ConditionNode) }
            }
            return Figure(parts, edges)
        }

        private fun partOf(node: Node, id: String): Part {
            val each = (node as? MapNode)?.each
            val inner = each as? SubWorkflowNode ?: node as? SubWorkflowNode ?: return Box(id, node, detailOf(node))
            val name = Labels.cut(node.name, LONGEST_NAME)
            val title = if (each == null) name else "$name, for each item"
            return Cluster(id, node, title, of(inner.workflow, "${id}_"))
        }

        private fun detailOf(node: Node): String = when (node) {
            is AgentNode -> node.options.model?.let { Labels.cut(it, LONGEST_LABEL) } ?: "agent"

            is TransformNode -> if (node.functionName ==
                node.name
            ) {
                "function"
            } else {
                "function ${Labels.cut(node.functionName, LONGEST_LABEL)}"
            }

            is ConditionNode -> Labels.cut(node.on ?: "function", LONGEST_LABEL)

            is MapNode -> "${Labels.cut(node.each.name, LONGEST_LABEL)}, for each item"

            is JoinNode -> if (node.isTolerant) "join of what has come" else "join"

            is DelayNode -> "wait ${Labels.duration(node.millis)}"

            is ApprovalNode -> "approval"

            is HttpNode -> node.method

            is SubWorkflowNode -> "workflow"
        }

        /** By the places of those that are chosen. */
        private fun labelsOf(condition: ConditionNode, workflow: Workflow): Map<Int, String> {
            val values = LinkedHashMap<Int, MutableList<String>>()
            for (case in condition.cases) workflow.placeOf(case.target)?.let { values.getOrPut(it) { ArrayList() } += case.value.trim() }
            condition.otherwise?.let(workflow::placeOf)?.let { values.getOrPut(it) { ArrayList() } += "otherwise" }
            return values.mapValues { (_, all) -> Labels.cut(all.joinToString(", ") { it.ifEmpty { "nothing" } }, LONGEST_LABEL) }
        }
    }
}
