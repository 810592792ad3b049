package dev.tandem.workflow

import dev.tandem.workflow.type.Classes
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** Inputs of a run as one value. */
public object WorkflowInputs {
    /** Each property of [value] as an input of its name: a record or another class that `tandem-java` knows, or a serializable one. */
    @JvmStatic
    public fun of(value: Any): Map<String, JsonElement> {
        val json = Classes.jsonOf(value)
        return requireNotNull(json as? JsonObject) {
            "inputs have names, and a ${value.javaClass.simpleName} has none: give a map, or a record with a component for each input"
        }
    }
}
