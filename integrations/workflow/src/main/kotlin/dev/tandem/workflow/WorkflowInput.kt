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
    /** Templates mention it as `{{input.topic}}`. */
    public val name: String,
    /** What a value has to be; another one is refused before anything is run. */
    public val type: Type,
    /** Null where a run has to be given it. */
    public val default: JsonElement?,
    /** For whoever reads the workflow; null where nobody has said anything. */
    public val description: String?,
) {
    /** Whether a run has to be given it. */
    public val isRequired: Boolean get() = default == null

    internal fun objectionTo(value: JsonElement): String? =
        if (type.fits(value)) null else "the input '$name' must be ${type.words}, but is ${value.toString().take(SHOWN)}"

    override fun toString(): String = "$name: $type${default?.let { " = $it" }.orEmpty()}"

    /** What a value may be. */
    public enum class Type(internal val words: String, internal val fits: (JsonElement) -> Boolean) {
        /** Whatever JSON can say. */
        ANY("anything", { true }),

        /** Text, and no number in its place. */
        TEXT("text", { it is JsonPrimitive && it.isString }),

        /** With a fraction or without. */
        NUMBER("a number", { it is JsonPrimitive && !it.isString && it.doubleOrNull != null }),

        /** True or false. */
        BOOLEAN("true or false", { it is JsonPrimitive && it !is JsonNull && !it.isString && it.booleanOrNull != null }),

        /** Of whatever items. */
        LIST("a list", { it is JsonArray }),

        /** With whatever fields. */
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
