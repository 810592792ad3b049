package dev.tandem.pipeline

/** What a circuit breaker thinks of its target. */
public enum class CircuitState {
    /** All is well. */
    CLOSED,

    /** Nothing is sent. */
    OPEN,

    /** Some calls are let through, to see how it is. */
    HALF_OPEN,
}
