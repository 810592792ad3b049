package dev.tandem.workflow.run

import dev.tandem.workflow.Workflow
import dev.tandem.workflow.type.Classes
import kotlinx.serialization.json.JsonElement

/** What a run is given, looked at. */
internal object Inputs {
    /** With what is not given as it is declared. Says all that is wrong at once. */
    fun of(workflow: Workflow, given: Map<String, Any?>): Map<String, JsonElement> {
        val values = given.mapValues { (_, value) -> Classes.jsonOf(value) }
        val known = workflow.inputs.associateBy { it.name }
        val objections = workflow.inputs.mapNotNull { input ->
            val value = values[input.name]
            if (value != null) {
                input.objectionTo(value)
            } else if (input.isRequired) {
                "the input '${input.name}' is missing: give it ${input.type.words}"
            } else {
                null
            }
        }
        // What no template mentions may still be of use to functions, unless it is said what there is.
        val unknown = if (workflow.declaresInputs) values.keys - known.keys else emptySet()
        val all = objections + unknown.map { "there is no input '$it', only ${known.keys}" }
        require(all.isEmpty()) { "the workflow '${workflow.name}' was not run: ${all.joinToString("; ")}" }
        return workflow.inputs.mapNotNull { input -> input.default?.let { input.name to it } }.toMap() + values
    }
}
