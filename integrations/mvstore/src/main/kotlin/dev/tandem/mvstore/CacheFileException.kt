package dev.tandem.mvstore

/** The file of a cache cannot be used; the message names it and says what to do. */
public open class CacheFileException internal constructor(message: String, cause: Throwable?) : RuntimeException(message, cause)
