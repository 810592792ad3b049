package dev.tandem.structured

import dev.tandem.model.ChatResponse
import kotlinx.serialization.json.JsonElement

/** A typed answer while it is made. */
public class ObjectEvent<T : Any> internal constructor(
    /** As much as has come: names and items come one by one, texts grow, and numbers are there when they are whole. */
    public val json: JsonElement,
    /** Null until the last event. */
    public val value: T?,
    /** Null until the last event. */
    public val response: ChatResponse?,
) {
    override fun toString(): String = "ObjectEvent(${value ?: json})"
}
