package dev.tandem.workflow.format

import dev.tandem.workflow.InvalidWorkflowException
import dev.tandem.workflow.Workflow
import dev.tandem.workflow.WorkflowInput
import dev.tandem.workflow.format.FormatProblem.Kind
import dev.tandem.workflow.format.syntax.Said

/** Makes a workflow of what a file says. Goes on after a problem, to find the others. */
internal class WorkflowReader(parts: WorkflowParts, private val problems: Problems) {
    private val nodes = NodeReader(parts, ::workflow)

    /** Null where something is wrong. */
    fun root(said: Said): Workflow? {
        val fields = Spot(said, "", said.line, problems).fields() ?: return null
        val version = fields.needed("version", "$VERSION") ?: return null
        val number = version.long() ?: return null
        if (number != VERSION) {
            return version.wrong(
                Kind.VERSION,
                "is $number, and this library reads version $VERSION: take a newer library, or write the file anew",
            )
        }
        return workflow(fields)
    }

    private fun workflow(fields: Fields): Workflow? {
        val before = problems.count
        val name = fields.needed("name", "report")
        val builder = name?.text()?.let { name.trying { Workflow.builder(it) } } ?: Workflow.builder("unnamed")
        fields.of("inputs", Spot::items) { inputs -> inputs.forEach { spot -> input(spot)?.let { spot.trying { builder.input(it) } } } }
        fields.needed("nodes", "[…]")?.items()?.forEach { spot -> spot.fields()?.let(nodes::node)?.let(builder::add) }
        fields.of("connections", Spot::items) { connections -> connections.forEach { connect(it, builder) } }
        fields.close()
        if (problems.count > before) return null
        return try {
            builder.build()
        } catch (e: InvalidWorkflowException) {
            if (problems.invalid == null) problems.invalid = e
            null
        }
    }

    private fun input(spot: Spot): WorkflowInput? {
        val before = problems.count
        val fields = spot.fields() ?: return null
        val name = fields.needed("name", "topic")?.text()
        val type = fields.needed("type", "text")?.oneOf(TYPES)
        val description = fields["description"]?.text()
        val default = fields["default"]
        fields.close()
        if (name == null || type == null || problems.count > before) return null
        val input = if (default == null) {
            fields["name"]?.trying { WorkflowInput.of(name, type) }
        } else {
            default.trying { WorkflowInput.optional(name, type, default.json()) }
        }
        return input?.describedAs(description)
    }

    private fun connect(spot: Spot, builder: Workflow.Builder) {
        val fields = spot.fields() ?: return
        val from = fields.needed("from", "facts")?.text()
        val to = fields.needed("to", "summary")?.text()
        fields.close()
        if (from != null && to != null) builder.connect(from, to)
    }

    companion object {
        const val VERSION = 1L
        val TYPES = WorkflowInput.Type.entries.associateBy { it.name.lowercase() }
    }
}
