package dev.tandem.workflow.graph

/** Who comes after whom, by numbers. Linear in nodes and edges, and never recursive: a chain may be of any length. */
internal class Graph(val size: Int, edges: List<Edge>) {
    class Edge(val from: Int, val to: Int)

    private val children = Adjacency(size, edges, { it.from }, { it.to })
    private val parents = Adjacency(size, edges, { it.to }, { it.from })

    fun childrenOf(node: Int): IntArray = children.of(node)

    fun parentsOf(node: Int): IntArray = parents.of(node)

    /** Parents before children, otherwise in the order they were added; null where there is a cycle. */
    val order: IntArray? by lazy {
        val missing = IntArray(size) { parentsOf(it).size }
        val order = IntArray(size)
        var known = 0
        for (node in 0 until size) if (missing[node] == 0) order[known++] = node
        var next = 0
        while (next < known) {
            for (child in childrenOf(order[next++])) if (--missing[child] == 0) order[known++] = child
        }
        order.takeIf { known == size }
    }

    /** The nodes of one cycle, the first again at the end; empty where there is none. */
    fun cycle(): List<Int> {
        if (order != null) return emptyList()
        val state = ByteArray(size)
        val path = ArrayList<Int>()
        val tried = IntArray(size)
        for (start in 0 until size) {
            if (state[start] != NEW) continue
            state[start] = OPEN
            path += start
            while (path.isNotEmpty()) {
                val node = path.last()
                val below = childrenOf(node)
                if (tried[node] == below.size) {
                    state[node] = OVER
                    path.removeAt(path.lastIndex)
                    continue
                }
                val child = below[tried[node]++]
                if (state[child] == OPEN) return path.subList(path.indexOf(child), path.size) + child
                if (state[child] == NEW) {
                    state[child] = OPEN
                    path += child
                }
            }
        }
        return emptyList()
    }

    private companion object {
        const val NEW: Byte = 0
        const val OPEN: Byte = 1
        const val OVER: Byte = 2
    }
}
