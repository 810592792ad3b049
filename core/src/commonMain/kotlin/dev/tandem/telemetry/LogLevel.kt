package dev.tandem.telemetry

/** How much a line of a log matters. */
public enum class LogLevel {
    /** What happens to every call. */
    DEBUG,

    /** What was done about a failure. */
    INFO,

    /** A call has failed, or something that it needs does not work. */
    WARN,
}
