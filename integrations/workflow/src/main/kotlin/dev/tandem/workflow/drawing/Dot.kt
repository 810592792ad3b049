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

/** Workflows in the language of Graphviz: `dot -Tsvg`. */
public object Dot {
    private const val LONGEST_TITLE = 80
    private const val FONT = "fontname=\"Helvetica,Arial,sans-serif\""

    /** Each kind of nodes has its own shape; what a condition may leave out hangs on dashed lines; workflows within it are clusters. */
    @JvmStatic
    public fun of(workflow: Workflow): String = buildString {
        val title = quoted(Labels.cut(workflow.name, LONGEST_TITLE))
        append("digraph ").append(title).append(" {\n")
        append("    graph [compound=true, rankdir=TB, nodesep=0.4, ranksep=0.5, labelloc=t, fontsize=16, ").append(FONT)
        append(", label=").append(title).append("]\n")
        append("    node [fontsize=11, margin=\"0.16,0.08\", color=\"#57606a\", ").append(FONT).append("]\n")
        append("    edge [fontsize=10, color=\"#57606a\", arrowsize=0.7, ").append(FONT).append("]\n")
        figure(Figure.of(workflow), "    ")
        append("}\n")
    }

    private fun StringBuilder.figure(figure: Figure, indent: String) {
        for (part in figure.parts) {
            append(indent)
            when (part) {
                is Figure.Box -> {
                    append(part.id).append(" [label=").append(quoted("${part.name}\n${part.detail}"))
                    append(", ").append(shapeOf(part.node)).append("]\n")
                }

                is Figure.Cluster -> {
                    append("subgraph cluster_").append(part.id).append(" {\n")
                    append(
                        indent,
                    ).append("    graph [label=").append(quoted(part.title)).append(", style=rounded, color=\"#8c959f\", fontsize=12]\n")
                    figure(part.inside, "$indent    ")
                    append(indent).append("}\n")
                }
            }
        }
        for (edge in figure.edges) edge(edge, indent)
    }

    /** Graphviz knows edges of nodes only: those of a cluster begin and end at nodes in it, and are cut off at its border. */
    private fun StringBuilder.edge(edge: Figure.Edge, indent: String) {
        append(indent).append(last(edge.from).id).append(" -> ").append(first(edge.to).id)
        val settings = listOfNotNull(
            edge.label?.let { "label=" + quoted(" $it ") },
            if (edge.isChoice) "style=dashed" else null,
            if (edge.from is Figure.Cluster) "ltail=cluster_${edge.from.id}" else null,
            if (edge.to is Figure.Cluster) "lhead=cluster_${edge.to.id}" else null,
        )
        if (settings.isNotEmpty()) settings.joinTo(this, prefix = " [", postfix = "]")
        append('\n')
    }

    private fun first(part: Figure.Part): Figure.Part = if (part is Figure.Cluster) first(part.inside.first) else part

    private fun last(part: Figure.Part): Figure.Part = if (part is Figure.Cluster) last(part.inside.last) else part

    private fun shapeOf(node: Node): String = when (node) {
        is AgentNode -> "shape=box, style=rounded"
        is TransformNode -> "shape=box"
        is ConditionNode -> "shape=diamond, margin=\"0.02,0.02\""
        is MapNode -> "shape=box3d"
        is JoinNode -> "shape=invtrapezium"
        is DelayNode -> "shape=ellipse"
        is ApprovalNode -> "shape=hexagon"
        is HttpNode -> "shape=parallelogram"
        is SubWorkflowNode -> "shape=box"
    }

    /** Also what Graphviz replaces within quotes: `\N`, and `&lt;`. */
    private fun quoted(text: String): String = buildString {
        append('"')
        for (char in Labels.cut(text, Int.MAX_VALUE)) {
            when (char) {
                '"', '\\' -> append('\\').append(char)
                '\n' -> append("\\n")
                '&' -> append("&amp;")
                else -> append(char)
            }
        }
        append('"')
    }
}
