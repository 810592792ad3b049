package dev.tandem.testing

/** What a row of a table asks for. */
public enum class WireCall {
    /** A chat, streamed. */
    STREAM,

    /** A chat, whole. */
    CHAT,

    /** The vectors of two texts. */
    EMBED,

    /** The list of models. */
    MODELS,
}
