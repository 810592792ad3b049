package dev.tandem.workflow

import dev.tandem.workflow.Problem.Kind
import dev.tandem.workflow.graph.Graph
import dev.tandem.workflow.graph.Reach

/** A workflow that has yet to be looked at. Finds all that is wrong with it, in one go. */
internal class Draft(val nodes: List<Node>, private val connections: List<Connection>, val inputs: List<WorkflowInput>) {
    val problems = ArrayList<Problem>()

    /** By names and ids. */
    private val places = HashMap<String, Int>(nodes.size * 2)

    /** Null where something is wrong. */
    fun plan(): Plan? {
        if (nodes.isEmpty()) report(Kind.EMPTY, null, "there is no node in it: add one by add(AgentNode.of(\"answer\", \"…\"))")
        name()
        val graph = Graph(nodes.size, edges())
        reportCycle(graph)
        nodes.forEachIndexed { place, node -> if (node is ConditionNode && graph.childrenOf(place).isEmpty()) reportIdle(node) }
        val reading = Reading(this)
        val filled = nodes.mapIndexed(reading::filled)
        if (graph.order != null) reportWhatComesLater(graph, reading.pairs)
        return if (problems.isEmpty()) Plan(graph, filled, reading.inputs()) else null
    }

    fun placeOf(nameOrId: String): Int? = places[nameOrId]

    fun report(kind: Kind, node: String?, message: String) {
        problems += Problem(kind, node, message)
    }

    private fun name() {
        nodes.forEachIndexed { place, node ->
            for (name in setOf(node.name, node.id)) {
                val other = places.putIfAbsent(name, place) ?: continue
                report(Kind.DUPLICATE_NAME, node.name, "$node and ${nodes[other]} are both named '$name': rename one of them")
            }
        }
        nodes.forEach(::reportAsWithin)
    }

    /** Events, steps and approvals call a node within another by both their names. */
    private fun reportAsWithin(node: Node) {
        val outer = node.name.indices
            .filter { node.name[it] == '/' }
            .firstNotNullOfOrNull { end -> places[node.name.take(end).replace(ITEM, "")]?.let(nodes::get)?.takeIf(::hasNodes) }
        if (outer != null) report(Kind.DUPLICATE_NAME, node.name, "$node is named like a node within $outer: rename one of them")
    }

    private fun hasNodes(node: Node) = node is SubWorkflowNode || (node as? MapNode)?.each is SubWorkflowNode

    private fun edges(): List<Graph.Edge> {
        val known = LinkedHashSet<Connection>()
        connections.mapNotNullTo(known) { named(it.from, it.to) { name -> "connect('${it.from}', '${it.to}') speaks of '$name'" } }
        for (node in nodes) {
            node.after.mapNotNullTo(known) { named(it, node.name) { name -> "'${node.name}' comes after '$name'" } }
            if (node is ConditionNode) node.targets.mapNotNullTo(known) { chosen(node, it) }
        }
        return known.map { Graph.Edge(places.getValue(it.from), places.getValue(it.to)) }
    }

    private fun named(from: String, to: String, speaks: (String) -> String): Connection? {
        val missing = listOf(from, to).firstOrNull { it !in places }
        if (missing == null) return Connection(nodes[places.getValue(from)].name, nodes[places.getValue(to)].name)
        report(Kind.UNKNOWN_NODE, null, "${speaks(missing)}, and there is no such node, only ${known()}: add it, or mend the name")
        return null
    }

    private fun chosen(condition: ConditionNode, target: String): Connection? {
        val place = places[target]
        if (place != null && nodes[place] !== condition) return Connection(condition.name, nodes[place].name)
        val why = if (place == null) "there is no such node, only ${known()}" else "it cannot choose itself"
        report(Kind.UNREACHABLE_TARGET, condition.name, "$condition chooses '$target', and $why: add it, or mend the name")
        return null
    }

    private fun reportIdle(condition: ConditionNode) {
        if (condition.targets.isNotEmpty()) return
        report(Kind.UNREACHABLE_TARGET, condition.name, "$condition has nothing to choose from: connect it to the nodes that it chooses")
    }

    private fun reportCycle(graph: Graph) {
        val cycle = graph.cycle()
        if (cycle.isEmpty()) return
        val names = cycle.map { "'${nodes[it].name}'" }
        val middle = listOf("… ${names.size - MOST_SHOWN} more …")
        val path = if (names.size <= MOST_SHOWN) names else names.take(MOST_SHOWN / 2) + middle + names.takeLast(MOST_SHOWN / 2)
        report(Kind.CYCLE, nodes[cycle[0]].name, "these wait for each other: ${path.joinToString(" -> ")}: take out one of the connections")
    }

    private fun reportWhatComesLater(graph: Graph, pairs: List<Reading.Pair>) {
        val asked = pairs.map { Reach.Pair(it.mentioned, it.mentioning) }
        val missing = Reach(graph).missing(asked).mapTo(HashSet()) { it.ancestor to it.descendant }
        for (pair in pairs) {
            if (pair.mentioned to pair.mentioning !in missing) continue
            val name = nodes[pair.mentioned].name
            val node = nodes[pair.mentioning].name
            val remedy = if (pair.mentioned == pair.mentioning) "leave it out" else "connect('$name', '$node')"
            report(Kind.UNKNOWN_REFERENCE, node, "${pair.where} mentions '$name', which may not be over when '$node' starts: $remedy")
        }
    }

    fun known(): String {
        val names = nodes.take(MOST_SHOWN).joinToString { "'${it.name}'" }
        return if (nodes.size <= MOST_SHOWN) "[$names]" else "[$names and ${nodes.size - MOST_SHOWN} more]"
    }

    companion object {
        const val MOST_SHOWN = 20
        private val ITEM = Regex("\\[\\d+]$")
    }
}
