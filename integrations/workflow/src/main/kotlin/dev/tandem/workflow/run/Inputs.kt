package dev.tandem.workflow.run

import dev.tandem.workflow.Workflow
import dev.tandem.workflow.type.Classes
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull

/** What a run is given, looked at. */
internal object Inputs {
    /** With what is not given as it is declared. Says all that is wrong at once. */
    fun of(workflow: Workflow, given: Map<String, Any?>): Map<String, JsonElement> {
        val unread = LinkedHashMap<String, String>()
        val values = given.mapValues { (name, value) -> read(name, value, unread) }
        val known = workflow.inputs.associateBy { it.name }
        val objections = workflow.inputs.filter { it.name !in unread }.mapNotNull { input ->
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
        val all = unread.values + objections + unknown.map { "there is no input '$it', only ${known.keys}" }
        require(all.isEmpty()) { "the workflow '${workflow.name}' was not run: ${all.joinToString("; ")}" }
        return workflow.inputs.mapNotNull { input -> input.default?.let { input.name to it } }.toMap() + values
    }

    private fun read(name: String, value: Any?, objections: MutableMap<String, String>): JsonElement = try {
        Classes.jsonOf(value)
    } catch (e: IllegalArgumentException) {
        objections[name] = "the input '$name': ${e.message}"
        JsonNull
    } catch (_: StackOverflowError) {
        objections[name] = "the input '$name' is too deep, or holds itself: give it fewer levels"
        JsonNull
    }
}
