package dev.tandem.testing

/** What a row of a table asks for. */
public enum class WireCall {
    /** A chat, streamed. */
    STREAM,

    /** The same where nothing says where a piece of text ends: its pieces are told as one. */
    TEXT,

    /** A chat, whole. */
    CHAT,

    /** The vectors of two texts. */
    EMBED,

    /** The list of models. */
    MODELS,
    ;

    /** Whether the answer comes piece by piece. */
    public val isStream: Boolean get() = this == STREAM || this == TEXT
}
