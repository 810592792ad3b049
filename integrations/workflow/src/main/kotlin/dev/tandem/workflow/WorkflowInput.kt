package dev.tandem.workflow

import dev.tandem.workflow.type.Classes
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.booleanOrNull
import kotlinx.serialization.json.doubleOrNull

/** What a run is given. */
public class WorkflowInput internal constructor(
    public val name: String,
    public val type: Type,
    /** Null where a run has to be given it. */
    public val default: JsonElement?,
    public val description: String?,
) {
    public val isRequired: Boolean get() = default == null

    internal fun objectionTo(value: JsonElement): String? =
        if (type.fits(value)) null else "the input '$name' must be ${type.words}, but is ${value.toString().take(SHOWN)}"

    override fun toString(): String = "$name: $type${default?.let { " = $it" }.orEmpty()}"

    public enum class Type(internal val words: String, internal val fits: (JsonElement) -> Boolean) {
        ANY("anything", { true }),
        TEXT("text", { it is JsonPrimitive && it.isString }),
        NUMBER("a number", { it is JsonPrimitive && !it.isString && it.doubleOrNull != null }),
        BOOLEAN("true or false", { it is JsonPrimitive && it !is JsonNull && !it.isString && it.booleanOrNull != null }),
        LIST("a list", { it is JsonArray }),
        OBJECT("an object", { it is JsonObject }),
    }

    public companion object {
        private const val SHOWN = 60

        /** One that a run has to be given. */
        @JvmStatic
        public fun of(name: String, type: Type): WorkflowInput = WorkflowInput(checked(name), type, null, null)

        /** One that is [default] where a run is not given it: text, number, boolean, null, list, map, record or JsonElement. */
        @JvmStatic
        public fun optional(name: String, type: Type, default: Any?): WorkflowInput {
            val input = WorkflowInput(checked(name), type, Classes.jsonOf(default), null)
            input.default?.let { value -> require(value is JsonNull || type.fits(value)) { input.objectionTo(value).orEmpty() } }
            return input
        }

        private fun checked(name: String): String {
            require(name.isNotBlank() && "}}" !in name) { "an input's name must not be blank and have no }} in it, but is '$name'" }
            return name
        }
    }

    /** For whoever reads the workflow. */
    public fun describedAs(description: String?): WorkflowInput = WorkflowInput(name, type, default, description)
}
