package dev.tandem.workflow.graph

/** The neighbours of each node on one side, in the order of the edges. */
internal class Adjacency(size: Int, edges: List<Graph.Edge>, from: (Graph.Edge) -> Int, to: (Graph.Edge) -> Int) {
    private val neighbours: Array<IntArray>

    init {
        val counts = IntArray(size)
        for (edge in edges) counts[from(edge)]++
        neighbours = Array(size) { if (counts[it] == 0) NONE else IntArray(counts[it]) }
        counts.fill(0)
        for (edge in edges) neighbours[from(edge)][counts[from(edge)]++] = to(edge)
    }

    fun of(node: Int): IntArray = neighbours[node]

    private companion object {
        val NONE = IntArray(0)
    }
}
