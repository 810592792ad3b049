package dev.tandem.telemetry

/** Where [LogLines] go: a logging library, or a list in a test. Called in the midst of calls, by many at once. */
public fun interface LogSink {
    /** [error] is what the line is about, or null where there is none or it was not asked for. */
    public fun log(level: LogLevel, line: String, error: Throwable?)

    /** Whether lines of [level] are kept. Those that are not are never made. */
    public fun keeps(level: LogLevel): Boolean = true
}
