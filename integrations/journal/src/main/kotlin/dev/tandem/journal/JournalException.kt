package dev.tandem.journal

import java.nio.file.Path

/**
 * A journal that cannot be used. The message says what is the matter, and what to do.
 *
 * @property path the file that it is about.
 */
public open class JournalException(public val path: Path, message: String, cause: Throwable?) :
    RuntimeException("$path $message", cause)
