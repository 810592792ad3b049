package dev.tandem.batch.provider

import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlin.jvm.JvmStatic

/** A batch that was handed in: all it takes to come back for it, in another process as well. */
public class Ticket internal constructor(
    /** Who has the batch; only a client of the same one can come back for it. */
    public val provider: String,
    /** The provider's name for the batch. */
    public val id: String,
    /** The one of the [Intent] it came of. */
    public val key: String,
    /** How many requests there are. */
    public val size: Int,
) {
    /** To be kept until the results are there; [of] reads it. */
    public fun toJson(): String = buildJsonObject {
        put("provider", provider)
        put("id", id)
        put("key", key)
        put("size", size)
    }.toString()

    override fun equals(other: Any?): Boolean =
        other is Ticket && provider == other.provider && id == other.id && key == other.key && size == other.size

    override fun hashCode(): Int = id.hashCode()

    override fun toString(): String = "Ticket($provider, $id, $size requests)"

    public companion object {
        /** What [toJson] has written. */
        @JvmStatic
        public fun of(json: String): Ticket =
            fieldsIn("ticket", json) { Ticket(text("provider"), text("id"), text("key"), number("size").toInt()) }
    }
}
