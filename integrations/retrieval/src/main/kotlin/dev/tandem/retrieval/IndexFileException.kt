package dev.tandem.retrieval

/** The file of an index cannot be read or written; the message names it and says what to do. */
public class IndexFileException internal constructor(message: String, cause: Throwable?) : RuntimeException(message, cause)
