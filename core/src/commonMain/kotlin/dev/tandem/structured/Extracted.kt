package dev.tandem.structured

import dev.tandem.model.ChatResponse
import kotlinx.serialization.json.JsonElement

/** A typed answer, and how it came about. */
public class Extracted<T : Any> internal constructor(
    public val value: T,
    /** The last answer, with the usage of all that were needed. */
    public val response: ChatResponse,
    /** What [value] was read from. */
    public val json: JsonElement,
) {
    /** How often the model had to be told what is wrong. */
    public val repairs: Int get() = response.metadata[Wanted.REPAIRS]?.toInt() ?: 0

    override fun toString(): String = "Extracted($value, $repairs repairs)"
}
