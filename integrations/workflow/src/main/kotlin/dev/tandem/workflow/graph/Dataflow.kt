package dev.tandem.workflow.graph

/**
 * Which node is next. Knows of each edge whether it is alive, dead since another way was chosen, or broken since a node failed. Says of each
 * node once that it is ready or skipped. For one coroutine.
 */
internal class Dataflow(private val graph: Graph, private val isTolerant: (Int) -> Boolean) {
    /** What follows from what has become of one node. */
    class Turn(val ready: List<Int>, val skipped: List<Skipped>)

    class Skipped(val node: Int, val isBroken: Boolean)

    private enum class Edge { ALIVE, DEAD, BROKEN }

    /** Parents that nothing is known of yet. */
    private val open = IntArray(graph.size) { graph.parentsOf(it).size }
    private val hasAlive = BooleanArray(graph.size)
    private val hasBroken = BooleanArray(graph.size)

    fun begin(): List<Int> = (0 until graph.size).filter { open[it] == 0 }

    /** [chosen] are those of its children that are to be run, null for all. */
    fun completed(node: Int, chosen: Set<Int>?): Turn = follow(node) { if (chosen == null || it in chosen) Edge.ALIVE else Edge.DEAD }

    fun failed(node: Int): Turn = follow(node) { Edge.BROKEN }

    private inline fun follow(node: Int, edge: (Int) -> Edge): Turn {
        val ready = ArrayList<Int>()
        val skipped = ArrayList<Skipped>()
        for (child in graph.childrenOf(node)) settle(child, edge(child), ready, skipped)
        // Grows while it is walked: what is skipped skips others.
        var next = 0
        while (next < skipped.size) {
            val one = skipped[next++]
            for (child in graph.childrenOf(one.node)) settle(child, if (one.isBroken) Edge.BROKEN else Edge.DEAD, ready, skipped)
        }
        return Turn(ready, skipped)
    }

    private fun settle(node: Int, edge: Edge, ready: MutableList<Int>, skipped: MutableList<Skipped>) {
        when (edge) {
            Edge.ALIVE -> hasAlive[node] = true
            Edge.BROKEN -> hasBroken[node] = true
            Edge.DEAD -> Unit
        }
        if (--open[node] > 0) return
        val isBroken = hasBroken[node] && !(hasAlive[node] && isTolerant(node))
        if (hasAlive[node] && !isBroken) ready += node else skipped += Skipped(node, isBroken)
    }
}
