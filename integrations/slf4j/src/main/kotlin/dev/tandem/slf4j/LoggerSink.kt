package dev.tandem.slf4j

import dev.tandem.telemetry.LogLevel
import dev.tandem.telemetry.LogSink
import org.slf4j.Logger
import org.slf4j.event.Level

internal class LoggerSink(private val logger: Logger) : LogSink {
    override fun keeps(level: LogLevel): Boolean = logger.isEnabledForLevel(levelOf(level))

    override fun log(level: LogLevel, line: String, error: Throwable?) {
        // The line is no pattern: braces in it are a model's name.
        logger.atLevel(levelOf(level)).setCause(error).log(line)
    }

    private fun levelOf(level: LogLevel) = when (level) {
        LogLevel.DEBUG -> Level.DEBUG
        LogLevel.INFO -> Level.INFO
        LogLevel.WARN -> Level.WARN
    }
}
