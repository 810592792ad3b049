package dev.tandem.model

/** Who speaks in a [Message]. */
public enum class Role {
    /** Whoever runs the model tells it how to behave. */
    SYSTEM,

    /** Somebody asks. */
    USER,

    /** The model answers, or asks for tools. */
    ASSISTANT,

    /** A tool has a result. */
    TOOL,
}
