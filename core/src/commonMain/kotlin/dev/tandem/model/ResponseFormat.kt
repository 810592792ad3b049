package dev.tandem.model

import kotlinx.serialization.json.JsonObject
import kotlin.jvm.JvmField
import kotlin.jvm.JvmStatic
import kotlin.jvm.JvmSynthetic

/** The shape that the answer must have. */
public sealed class ResponseFormat {
    private object Text : ResponseFormat() {
        override fun toString(): String = "TEXT"
    }

    private object JsonAnything : ResponseFormat() {
        override fun toString(): String = "JSON"
    }

    /** JSON that fits [schema]. */
    public open class JsonSchema internal constructor(public val name: String, public val schema: JsonObject, public val strict: Boolean) :
        ResponseFormat() {
            /** Whether [response] is what was asked for, as far as anybody looks. */
            @JvmSynthetic
            internal open fun accepts(response: ChatResponse): Boolean = true

            final override fun equals(other: Any?): Boolean =
                other is JsonSchema && name == other.name && schema == other.schema && strict == other.strict

            final override fun hashCode(): Int = 31 * (31 * name.hashCode() + schema.hashCode()) + strict.hashCode()

            final override fun toString(): String = "JSON_SCHEMA($name)"
        }

    public companion object {
        @JvmField public val TEXT: ResponseFormat = Text

        /** Any JSON object. Most providers want the word JSON in the prompt too. */
        @JvmField public val JSON: ResponseFormat = JsonAnything

        @JvmStatic
        public fun jsonSchema(name: String, schema: JsonObject): ResponseFormat = JsonSchema(name, schema, strict = true)

        /** [schemaJson] is a JSON Schema as text. */
        @JvmStatic
        public fun jsonSchema(name: String, schemaJson: String): ResponseFormat =
            JsonSchema(name, ToolDefinition.objectOf(schemaJson, "schema '$name'"), strict = true)
    }
}
