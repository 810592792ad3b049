package dev.tandem.model

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlin.jvm.JvmField
import kotlin.jvm.JvmStatic
import kotlin.jvm.JvmSynthetic

/**
 * A function that the model may ask for.
 *
 * @property name 1 to 64 letters, digits, `_` or `-`.
 * @property description not blank: the model chooses by it.
 * @property parameters the JSON Schema of its arguments.
 */
public open class ToolDefinition(public val name: String, public val description: String, public val parameters: JsonObject) {
    init {
        require(NAME.matches(name)) { "tool name must be 1 to 64 letters, digits, _ or -, but is '$name'" }
        require(description.isNotBlank()) { "tool '$name' needs a description: the model chooses by it" }
    }

    final override fun equals(other: Any?): Boolean =
        other is ToolDefinition && name == other.name && description == other.description && parameters == other.parameters

    final override fun hashCode(): Int = 31 * (31 * name.hashCode() + description.hashCode()) + parameters.hashCode()

    final override fun toString(): String = "ToolDefinition($name)"

    public companion object {
        private val NAME = Regex("[A-Za-z0-9_-]{1,64}")

        /** A tool without arguments takes this schema. */
        @JvmField
        public val NO_PARAMETERS: JsonObject = objectOf("""{"type":"object","properties":{}}""", "schema")

        /** [parametersJson] is a JSON Schema as text. */
        @JvmStatic
        public fun of(name: String, description: String, parametersJson: String): ToolDefinition =
            ToolDefinition(name, description, objectOf(parametersJson, "parameters of tool '$name'"))

        @JvmSynthetic
        internal fun objectOf(json: String, what: String): JsonObject = runCatching { Json.parseToJsonElement(json) as JsonObject }
            .getOrElse { throw IllegalArgumentException("$what must be a JSON object, but is: ${json.take(200)}", it) }
    }
}
