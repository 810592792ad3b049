package dev.tandem.error

import kotlin.jvm.JvmSynthetic
import kotlin.time.Duration

/** A timer ran out: [timer] says which, [limit] at what. */
public class TimeLimitException(
    message: String,
    public val timer: Timer,
    @get:JvmSynthetic public val limit: Duration?,
    details: ErrorDetails,
    cause: Throwable?,
) : AiException(message, details, cause) {
    /** Only the caller knows whether there is time left once the [Timer.TOTAL] has run out. */
    override val isRetryable: Boolean get() = timer != Timer.TOTAL

    /** [limit] in milliseconds, null where only the engine knows it. */
    public val limitMillis: Long? get() = limit?.inWholeMilliseconds

    public enum class Timer {
        /** From the attempt to reach the server to an open connection. */
        CONNECT,

        /** From one byte of the answer to the next. */
        IDLE,

        /** From the call to its last item. */
        TOTAL,
    }
}
