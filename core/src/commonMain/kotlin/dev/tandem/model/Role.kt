package dev.tandem.model

/** Who speaks in a [Message]. */
public enum class Role {
    SYSTEM,
    USER,
    ASSISTANT,
    TOOL,
}
