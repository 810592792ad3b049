package dev.tandem.temporal

import io.temporal.api.enums.v1.TimeoutType
import io.temporal.failure.ActivityFailure
import io.temporal.failure.ApplicationFailure
import io.temporal.failure.TimeoutFailure
import java.time.Duration

/** Activities of which nobody knows what came: their process has ended, or is another one by now. Their steps are begun again. */
internal object Lost {
    private const val TYPE = "dev.tandem.temporal.Lost"
    private val LONGEST = Duration.ofMinutes(1)

    fun failure(why: String): ApplicationFailure = ApplicationFailure.newNonRetryableFailure(why, TYPE)

    fun isLost(error: Throwable?): Boolean = when (val cause = (error as? ActivityFailure)?.cause) {
        is ApplicationFailure -> cause.type == TYPE
        is TimeoutFailure -> cause.timeoutType in SILENCES
        else -> false
    }

    /** Before it is begun after [times] losses: at once after a crash, and ever more slowly where there seems to be more to it. */
    fun pause(times: Int): Duration =
        if (times <= 1) Duration.ZERO else minOf(Duration.ofSeconds(1L shl (times - 2).coerceAtMost(30)), LONGEST)

    private val SILENCES = setOf(TimeoutType.TIMEOUT_TYPE_HEARTBEAT, TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START)
}
