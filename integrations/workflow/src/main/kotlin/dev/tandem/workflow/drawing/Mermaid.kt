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

/** Workflows as flowcharts of Mermaid, which many places draw that show Markdown. */
public object Mermaid {
    /** Each kind of nodes has its own shape; what a condition may leave out hangs on dotted lines; workflows within it are boxes. */
    @JvmStatic
    public fun of(workflow: Workflow): String = buildString {
        append("---\ntitle: ").append(MermaidText.title(workflow.name)).append("\n---\nflowchart TD\n")
        figure(Figure.of(workflow), "    ")
    }

    private fun StringBuilder.figure(figure: Figure, indent: String) {
        for (part in figure.parts) {
            append(indent)
            when (part) {
                is Figure.Box -> {
                    val (open, close) = shapeOf(part.node)
                    append(
                        part.id,
                    ).append(
                        open,
                    ).append('"')
                        .append(MermaidText.label("${part.name}\n${part.detail}"))
                        .append('"')
                        .append(close)
                        .append('\n')
                }

                is Figure.Cluster -> {
                    append("subgraph ")
                        .append(part.id)
                        .append("[\"")
                        .append(MermaidText.label(part.title))
                        .append("\"]\n")
                    figure(part.inside, "$indent    ")
                    append(indent).append("end\n")
                }
            }
        }
        for (edge in figure.edges) {
            append(indent).append(edge.from.id).append(if (edge.isChoice) " -.->" else " -->")
            edge.label?.let { append("|\"").append(MermaidText.label(it)).append("\"|") }
            append(' ').append(edge.to.id).append('\n')
        }
    }

    private fun shapeOf(node: Node): Pair<String, String> = when (node) {
        is AgentNode -> "(" to ")"
        is TransformNode -> "[" to "]"
        is ConditionNode -> "{" to "}"
        is MapNode -> "[[" to "]]"
        is JoinNode -> "[\\" to "/]"
        is DelayNode -> "([" to "])"
        is ApprovalNode -> "{{" to "}}"
        is HttpNode -> "[/" to "/]"
        is SubWorkflowNode -> "[[" to "]]"
    }
}
