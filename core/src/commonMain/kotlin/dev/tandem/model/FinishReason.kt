package dev.tandem.model

import kotlin.jvm.JvmField
import kotlin.jvm.JvmStatic

/**
 * Why the model stopped.
 *
 * @property kind what that means, whoever the provider is.
 * @property raw the provider's own word, "" when it gave none.
 */
public class FinishReason internal constructor(public val kind: Kind, public val raw: String) {
    /** What providers mean by their words. */
    public enum class Kind {
        /** It has said all it wanted to say. */
        STOP,

        /** It was cut by the limit on tokens. */
        LENGTH,

        /** It waits for the results of tools. */
        TOOL_CALLS,

        /** The provider withheld the answer, or the rest of it. */
        CONTENT_FILTER,

        /** The provider lost the answer. */
        ERROR,

        /** The provider gave no reason, or one that this library does not know. */
        UNKNOWN,
    }

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
        /** It has said all it wanted to say. */
        @JvmField public val STOP: FinishReason = FinishReason(Kind.STOP, "stop")

        /** It was cut by the limit on tokens. */
        @JvmField public val LENGTH: FinishReason = FinishReason(Kind.LENGTH, "length")

        /** It waits for the results of tools. */
        @JvmField public val TOOL_CALLS: FinishReason = FinishReason(Kind.TOOL_CALLS, "tool_calls")

        /** The provider withheld the answer, or the rest of it. */
        @JvmField public val CONTENT_FILTER: FinishReason = FinishReason(Kind.CONTENT_FILTER, "content_filter")

        /** The stream ended well but gave no reason. */
        @JvmField public val UNKNOWN: FinishReason = FinishReason(Kind.UNKNOWN, "")

        /** For providers: their word for [kind]. */
        @JvmStatic
        public fun of(kind: Kind, raw: String): FinishReason = FinishReason(kind, raw)
    }
}
