package dev.tandem.workflow

import dev.tandem.workflow.type.Classes
import kotlinx.serialization.json.JsonElement

/** What becomes of a run when one of its nodes has failed for good. */
public class FailurePolicy private constructor(
    private val word: String,
    /** Taken for the node's output; null where there is none. */
    public val fallback: JsonElement?,
) {
    override fun equals(other: Any?): Boolean = other is FailurePolicy && word == other.word && fallback == other.fallback

    override fun hashCode(): Int = 31 * word.hashCode() + fallback.hashCode()

    override fun toString(): String = if (fallback == null) word else "$word($fallback)"

    public companion object {
        /** The run fails: what is under way is cancelled, what has not begun is skipped. */
        @JvmField public val FAIL_RUN: FailurePolicy = FailurePolicy("FAIL_RUN", null)

        /** All nodes that come after it are skipped, and the others go on. The result names the failure, and the run is a success. */
        @JvmField public val SKIP_DESCENDANTS: FailurePolicy = FailurePolicy("SKIP_DESCENDANTS", null)

        /** [value] is its output, and the run goes on: text, number, boolean, null, list, map, record or [JsonElement]. */
        @JvmStatic
        public fun fallback(value: Any?): FailurePolicy = FailurePolicy("FALLBACK", Classes.jsonOf(value))
    }
}
