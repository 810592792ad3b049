package dev.tandem.batch.provider

import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlin.jvm.JvmStatic

/**
 * A batch that is about to be handed in. Written down before [ProviderBatches.submit], it tells after a crash what
 * [ProviderBatches.find] has to look for.
 */
public class Intent internal constructor(
    /** The name of this one attempt, of any characters: no other batch is to have it. 512 at most. */
    public val key: String,
    /** How many requests there are. */
    public val size: Int,
    /** When it was intended, in milliseconds since 1970. */
    public val atMillis: Long,
) {
    /** To be kept until there is a [Ticket]; [of] reads it. */
    public fun toJson(): String = buildJsonObject {
        put("key", key)
        put("size", size)
        put("at", atMillis)
    }.toString()

    override fun equals(other: Any?): Boolean = other is Intent && key == other.key && size == other.size && atMillis == other.atMillis

    override fun hashCode(): Int = key.hashCode()

    override fun toString(): String = "Intent($key, $size requests)"

    public companion object {
        /** What [toJson] has written. */
        @JvmStatic
        public fun of(json: String): Intent = fieldsIn("intent", json) { Intent(text("key"), number("size").toInt(), number("at")) }
    }
}
