package dev.tandem.model

import kotlin.jvm.JvmField
import kotlin.jvm.JvmStatic

/** Why the model stopped. [raw] is the provider's own word, "" when it gave none. */
public class FinishReason internal constructor(public val kind: Kind, public val raw: String) {
    public enum class Kind { STOP, LENGTH, TOOL_CALLS, CONTENT_FILTER, ERROR, UNKNOWN }

    /** The model said all it wanted to say, or asks for tools. */
    public val isNatural: Boolean get() = kind == Kind.STOP || kind == Kind.TOOL_CALLS

    /** Cut by the limit on tokens. */
    public val isTruncated: Boolean get() = kind == Kind.LENGTH

    /** The provider withheld or lost the answer. */
    public val isError: Boolean get() = kind == Kind.ERROR || kind == Kind.CONTENT_FILTER

    override fun equals(other: Any?): Boolean = other is FinishReason && kind == other.kind && raw == other.raw

    override fun hashCode(): Int = 31 * kind.hashCode() + raw.hashCode()

    override fun toString(): String = if (kind == Kind.UNKNOWN) "UNKNOWN($raw)" else kind.name

    public companion object {
        @JvmField public val STOP: FinishReason = FinishReason(Kind.STOP, "stop")

        @JvmField public val LENGTH: FinishReason = FinishReason(Kind.LENGTH, "length")

        @JvmField public val TOOL_CALLS: FinishReason = FinishReason(Kind.TOOL_CALLS, "tool_calls")

        @JvmField public val CONTENT_FILTER: FinishReason = FinishReason(Kind.CONTENT_FILTER, "content_filter")

        /** The stream ended well but gave no reason. */
        @JvmField public val UNKNOWN: FinishReason = FinishReason(Kind.UNKNOWN, "")

        /** For providers: their word for [kind]. */
        @JvmStatic
        public fun of(kind: Kind, raw: String): FinishReason = FinishReason(kind, raw)
    }
}
