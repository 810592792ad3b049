package dev.tandem.error

import dev.tandem.model.Timer
import kotlin.jvm.JvmSynthetic
import kotlin.time.Duration

/** A timer ran out: [timer] says which, [limit] at what. */
public class TimeLimitException(
    message: String,
    /** Which one it was. */
    public val timer: Timer,
    /** The time it had, and took; null where only the engine knows it. */
    @get:JvmSynthetic public val limit: Duration?,
    details: ErrorDetails,
    cause: Throwable?,
) : AiException(message, details, cause) {
    /** True: it may be faster next time. After [Timer.TOTAL] the caller must want to spend the same time again. */
    override val mayWorkLater: Boolean get() = true

    /** The time it had, and took, in milliseconds; null where only the engine knows it. */
    public val limitMillis: Long? get() = limit?.inWholeMilliseconds
}
