package dev.tandem.batch

/**
 * A batch that ended before its input did: [BatchStop.stop] was called, or ([cause]) no other item could have fared better. What was
 * under way was brought to its end and is in the journal, if there is one.
 */
public class BatchStoppedException internal constructor(
    message: String,
    /** How far it has come. */
    public val progress: BatchProgress,
    cause: Throwable?,
) : RuntimeException(message, cause)
