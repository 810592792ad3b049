package dev.tandem.workflow

import dev.tandem.model.TandemDsl
import dev.tandem.workflow.graph.Graph

/** A graph of steps that has been looked at: whatever can be known before it is run is right. Of use for any number of runs, at once too. */
public class Workflow private constructor(from: Builder, internal val plan: Plan) {
    /** For messages, and for those who keep runs. */
    public val name: String = from.name

    /** In the order they were added. */
    public val nodes: List<Node> = from.nodes.toList()

    /** As declared, or else all that its templates mention. */
    public val inputs: List<WorkflowInput> get() = plan.inputs
    internal val declared: List<WorkflowInput> = from.inputs.toList()

    /** As they were made, without those of conditions and of `after`. What they come to is told by their order. */
    internal val connected: List<Connection> = from.connections.toList()
    internal val declaresInputs: Boolean get() = declared.isNotEmpty()
    internal val graph: Graph get() = plan.graph
    private val places: Map<String, Int> = buildMap {
        nodes.forEachIndexed { place, node ->
            put(node.name, place)
            put(node.id, place)
        }
    }

    /** Those of workflows within it are not counted. */
    public val nodeCount: Int get() = nodes.size

    /** Each once, in the order of the nodes. Those of conditions and of `after` are among them. */
    public val connections: List<Connection>
        get() = nodes.indices.flatMap { from -> graph.childrenOf(from).map { Connection(nodes[from].name, nodes[it].name) } }

    /** Null where nobody is named so. */
    public fun node(nameOrId: String): Node? = placeOf(nameOrId)?.let(nodes::get)

    internal fun placeOf(nameOrId: String): Int? = places[nameOrId]

    /** The same again, to be changed. */
    public fun newBuilder(): Builder = Builder(name).also { builder ->
        nodes.forEach(builder::add)
        connected.forEach { builder.connect(it.from, it.to) }
        declared.forEach(builder::input)
    }

    override fun toString(): String = "Workflow($name, $nodeCount nodes)"

    /** Puts a workflow together. In what order does not matter. */
    @TandemDsl
    public class Builder internal constructor(internal val name: String) {
        internal val nodes = ArrayList<Node>()
        internal val inputs = ArrayList<WorkflowInput>()
        internal val connections = ArrayList<Connection>()

        init {
            require(name.isNotBlank()) { "a workflow's name must not be blank, but is '$name'" }
        }

        /** In what order does not matter. A name that is taken is among the problems, and refused by [build]. */
        public fun add(node: Node): Builder = apply { nodes += node }

        /** An input that runs are given. Where none is declared, each that a template mentions is wanted, whatever it is. */
        public fun input(input: WorkflowInput): Builder = apply {
            require(inputs.none { it.name == input.name }) { "there are two inputs named '${input.name}'" }
            inputs += input
        }

        /** [to] starts when [from] is over; each by its name or id. Twice is once. */
        public fun connect(from: String, to: String): Builder = apply { connections += Connection(from, to) }

        /** All that is wrong with it so far; empty where it can be run. */
        public fun validate(): List<Problem> = draft().apply { plan() }.problems

        /** Throws [InvalidWorkflowException] with all that [validate] finds. */
        public fun build(): Workflow {
            val draft = draft()
            val plan = draft.plan() ?: throw InvalidWorkflowException(name, draft.problems)
            return Workflow(this, plan)
        }

        private fun draft() = Draft(nodes.toList(), connections, inputs.toList())
    }

    public companion object {
        /** Begins without a node. */
        @JvmStatic
        public fun builder(name: String): Builder = Builder(name)
    }
}
