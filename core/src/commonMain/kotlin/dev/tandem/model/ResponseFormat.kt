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

    /**
     * JSON that fits a schema.
     *
     * @property name what the provider hears that it is called.
     * @property schema as it was given; providers that know less of JSON Schema get less of it.
     * @property strict whether the provider is asked to let nothing else pass.
     */
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
        /** Anything, as where no format is set. */
        @JvmField public val TEXT: ResponseFormat = Text

        /** Any JSON object. Most providers want the word JSON in the prompt too. */
        @JvmField public val JSON: ResponseFormat = JsonAnything

        /** JSON that fits [schema], and the provider is asked to let nothing else pass. [name] is what it hears that it is called. */
        @JvmStatic
        public fun jsonSchema(name: String, schema: JsonObject): ResponseFormat = JsonSchema(name, schema, strict = true)

        /** [schemaJson] is a JSON Schema as text. */
        @JvmStatic
        public fun jsonSchema(name: String, schemaJson: String): ResponseFormat =
            JsonSchema(name, ToolDefinition.objectOf(schemaJson, "schema '$name'"), strict = true)
    }
}
