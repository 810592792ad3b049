package dev.tandem.batch

/** What an earlier run wrote into its journal of an item that failed there, and is not tried again. */
public class EarlierFailureException internal constructor(
    /** The type of the exception that it was, such as `RateLimitedException`. */
    public val type: String,
    message: String,
    /** Whether the same might go well later. */
    public val isRetryable: Boolean,
    /** The HTTP status, where there was one. */
    public val status: Int?,
) : RuntimeException("$type: $message")
