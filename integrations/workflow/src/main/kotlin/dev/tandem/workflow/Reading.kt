package dev.tandem.workflow

import dev.tandem.workflow.Problem.Kind
import dev.tandem.workflow.template.Filling
import dev.tandem.workflow.template.Mention
import dev.tandem.workflow.template.Mention.Source
import dev.tandem.workflow.template.Reference
import dev.tandem.workflow.template.Template
import dev.tandem.workflow.template.TemplateException

/** Reads the templates of a [draft]: what they mention, and whether that is there. */
internal class Reading(private val draft: Draft) {
    /** The node at [mentioning] mentions the one at [mentioned]. */
    class Pair(val mentioned: Int, val mentioning: Int, val where: String)

    val pairs = ArrayList<Pair>()
    private val declared = draft.inputs.associateBy { it.name }

    /** Of a workflow that declares none. */
    private val found = LinkedHashMap<String, WorkflowInput>()

    fun inputs(): List<WorkflowInput> = draft.inputs.ifEmpty { found.values.toList() }

    fun filled(place: Int, node: Node): Filled {
        if (node is SubWorkflowNode) checkInputs(node)
        val each = (node as? MapNode)?.each ?: return Filled(fillings(place, node, "", isEach = false), null)
        if (each is SubWorkflowNode) checkInputs(each)
        return Filled(
            fillings(place, node, "", isEach = false),
            Filled(fillings(place, each, " in map '${node.name}'", isEach = true), null),
        )
    }

    private fun fillings(place: Int, node: Node, within: String, isEach: Boolean): Map<String, Filling> {
        if (node.templates.isEmpty()) return emptyMap()
        val fillings = LinkedHashMap<String, Filling>()
        for ((label, text) in node.templates) {
            val owner = "the $label of '${node.name}'$within"
            try {
                val template = Template.parse(text)
                val references = template.mentions.mapNotNull { reference(place, it, "${template.place(it.position)} of $owner", isEach) }
                fillings[label] = Filling(template, owner, references)
            } catch (e: TemplateException) {
                draft.report(Kind.TEMPLATE, draft.nodes[place].name, "$owner: ${e.message}")
            }
        }
        return fillings
    }

    private fun reference(place: Int, mention: Mention, where: String, isEach: Boolean): Reference? = when (mention.source) {
        Source.NODE -> nodeReference(place, mention, where)

        Source.INPUT -> inputReference(place, mention, where)

        else -> if (isEach) {
            Reference.of(mention) {
                true
            }
        } else {
            unknown(place, "$mention at $where is known only to what a MapNode does for each item")
        }
    }

    private fun nodeReference(place: Int, mention: Mention, where: String): Reference? {
        val reference = Reference.of(mention) { draft.placeOf(it) != null }
            ?: return unknown(place, "$mention at $where: there is no node of that name, only ${draft.known()}")
        pairs += Pair(checkNotNull(draft.placeOf(reference.name)), place, "$mention at $where")
        return reference
    }

    private fun inputReference(place: Int, mention: Mention, where: String): Reference? {
        if (declared.isNotEmpty()) {
            return Reference.of(mention) { it in declared }
                ?: unknown(place, "$mention at $where: there is no input of that name, only ${declared.keys}")
        }
        val name = mention.rest
            .substringBefore('.')
            .substringBefore('[')
            .trim()
        if (name.isEmpty()) return unknown(place, "$mention at $where: there is no input without a name: write {{input.NAME}}")
        found.getOrPut(name) { WorkflowInput.of(name, WorkflowInput.Type.ANY) }
        return Reference.of(mention) { it == name }
    }

    private fun unknown(place: Int, message: String): Reference? {
        draft.report(Kind.UNKNOWN_REFERENCE, draft.nodes[place].name, message)
        return null
    }

    private fun checkInputs(node: SubWorkflowNode) {
        val wanted = node.workflow.inputs
        val known = wanted.map { it.name }
        for (name in node.inputs.keys - known.toSet()) {
            draft.report(Kind.INPUT, node.name, "$node is given '$name', and '${node.workflow.name}' has no such input, only $known")
        }
        for (input in wanted.filter { it.isRequired && it.name !in node.inputs }) {
            draft.report(
                Kind.INPUT,
                node.name,
                "$node lacks the input '${input.name}' of '${node.workflow.name}': set input(\"${input.name}\", …)",
            )
        }
    }
}
