package dev.tandem.workflow.graph

/** Which of some wanted pairs of ancestor and descendant are such, for 64 ancestors in one walk over the graph. */
internal class Reach(private val graph: Graph) {
    class Pair(val ancestor: Int, val descendant: Int)

    /** Those of [pairs] where no way leads from the one to the other. The graph has no cycle. */
    fun missing(pairs: List<Pair>): List<Pair> {
        val order = checkNotNull(graph.order) { "there is a cycle" }
        val far = pairs.filterNot { pair -> pair.ancestor in graph.parentsOf(pair.descendant) }
        return far
            .groupBy { it.ancestor }
            .values
            .chunked(Long.SIZE_BITS)
            .flatMap { missing(it, order) }
    }

    private fun missing(groups: List<List<Pair>>, order: IntArray): List<Pair> {
        val reached = LongArray(graph.size)
        groups.forEachIndexed { bit, group -> reached[group.first().ancestor] = reached[group.first().ancestor] or (1L shl bit) }
        for (node in order) {
            if (reached[node] == 0L) continue
            for (child in graph.childrenOf(node)) reached[child] = reached[child] or reached[node]
        }
        return groups.flatMapIndexed { bit, group ->
            group.filter { it.ancestor == it.descendant || reached[it.descendant] ushr bit and 1L == 0L }
        }
    }
}
