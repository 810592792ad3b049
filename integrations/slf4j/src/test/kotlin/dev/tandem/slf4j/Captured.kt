package dev.tandem.slf4j

import ch.qos.logback.classic.Level
import ch.qos.logback.classic.Logger
import ch.qos.logback.classic.spi.ILoggingEvent
import ch.qos.logback.core.read.ListAppender
import org.slf4j.LoggerFactory

/** What a logger of [name] gets, from [level] on. */
internal class Captured(name: String, level: Level = Level.DEBUG) : AutoCloseable {
    private val logger = LoggerFactory.getLogger(name) as Logger
    private val appender = ListAppender<ILoggingEvent>().apply { start() }

    init {
        logger.level = level
        logger.addAppender(appender)
    }

    val events: List<ILoggingEvent> get() = appender.list

    val lines: List<String> get() = events.map { "${it.level} ${it.formattedMessage}" }

    override fun close() {
        logger.detachAppender(appender)
    }
}
