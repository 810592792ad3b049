package dev.tandem.structured

import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/**
 * What an answer, or the arguments of a tool, are to be: a type of the program, and how it looks as JSON. Implemented by
 * the library for Kotlin's serializable classes and for Java's records and classes, and by whoever has another idea.
 */
public interface AnswerType<out T : Any> {
    /** For the model and for messages: 1 to 64 letters, digits, `_` or `-`. */
    public val name: String

    /** JSON Schema of any type: what is no object at its root is wrapped in one where a provider needs that. */
    public val schema: JsonObject

    /**
     * The value that [json], which fits [schema], stands for; [IllegalArgumentException] says what is wrong with it. Named
     * properties that are optional in [schema] may be missing.
     */
    public fun read(json: JsonElement): T
}
