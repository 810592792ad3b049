package dev.tandem.schema

import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/**
 * The part of JSON Schema that a provider holds answers to. What cannot be said in it goes into descriptions, for the model to
 * read; whoever asks checks the answer by the whole schema.
 */
internal class Dialect private constructor(
    /** Keywords that are sent as they are; those that hold schemas are known to [Rewriting]. */
    private val keywords: Set<String>,
    private val formats: Set<String>,
    val references: References,
    /** Objects have the properties they name and no others, and everything has a type. */
    val isClosed: Boolean = false,
    /** What may be left out is null instead. */
    val needsAll: Boolean = false,
    val needsObject: Boolean = false,
    /** Constants are enums of one, and enums hold texts or numbers. */
    val hasPlainEnums: Boolean = false,
    private val allows: (SchemaSize) -> Boolean = { true },
) {
    /** How far a schema may refer to itself. */
    enum class References { FREE, THROUGH_OPTIONAL, NEVER }

    /** [schema] in this dialect, null where that cannot be. */
    fun of(schema: JsonObject): JsonObject? =
        Rewriting(schema, this).result()?.takeIf { (!needsObject || it["type"] == OBJECT) && allows(SchemaSize(it)) }

    fun takes(keyword: String, value: JsonElement): Boolean = when (keyword) {
        "format" -> (value as? JsonPrimitive)?.content in formats
        "minItems" -> keyword in keywords || ("$keyword $value") in keywords
        else -> keyword in keywords
    }

    companion object {
        private val OBJECT = JsonPrimitive("object")
        private val WORDS = setOf("title", "description")
        private val BOUNDS = setOf("minimum", "maximum", "minItems", "maxItems")
        private val MORE_BOUNDS = setOf("exclusiveMinimum", "exclusiveMaximum", "multipleOf", "pattern")
        private val FORMATS = setOf("date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid")

        /** What OpenAI calls strict. */
        val OPENAI = strict(BOUNDS + MORE_BOUNDS, FORMATS)

        /** The same without bounds, which is what those who speak OpenAI's wire have in common. */
        val OPENAI_WIRE = strict(emptySet(), emptySet())

        /** `output_config.format`. */
        val ANTHROPIC = Dialect(
            WORDS + setOf("default", "minItems 0", "minItems 1"),
            FORMATS + "uri",
            References.NEVER,
            isClosed = true,
            allows = { it.optionals <= 24 && it.unions <= 16 },
        )

        /** `responseJsonSchema`. */
        val GEMINI = Dialect(WORDS + BOUNDS, FORMATS + "uri", References.THROUGH_OPTIONAL, hasPlainEnums = true)

        /** What llama.cpp makes a grammar of. */
        val OLLAMA = Dialect(
            WORDS + BOUNDS + setOf("exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength", "default"),
            setOf("date-time", "time", "date", "uuid"),
            References.FREE,
        )

        private fun strict(bounds: Set<String>, formats: Set<String>) = Dialect(
            WORDS + bounds,
            formats,
            References.FREE,
            isClosed = true,
            needsAll = true,
            needsObject = true,
            allows = {
                it.depth <= 10 && it.properties <= 5_000 && it.values <= 1_000 && it.characters <= 120_000 && it.longestEnum <= 15_000
            },
        )
    }
}
