package dev.tandem.batch

import dev.tandem.model.Usage
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds

/** How far a batch has come, at one moment. */
public class BatchProgress internal constructor(
    /** How many items there are; null where nobody has said so. */
    public val total: Long?,
    /** Items that have an answer, with those of earlier runs. */
    public val done: Long,
    /** Items that have failed for good. */
    public val failed: Long,
    /** Items under way. */
    public val running: Int,
    /** Of those done and failed, how many an earlier run did. */
    public val resumed: Long,
    /** Of those done, how many the client's cache had. */
    public val cached: Long,
    /** How often a call was tried again. */
    public val retries: Long,
    /** What this run used. */
    public val usage: Usage,
    /** What this run has cost, in US dollars, as far as prices are known. */
    public val usd: Double,
    /** Lines of the journal that could not be read, whose items are done again. */
    public val damagedLines: Int,
    /** Since this run began. */
    @get:JvmSynthetic public val elapsed: Duration,
    /** Items that were brought to their end a second, of late. */
    public val perSecond: Double,
) {
    /** Items that were brought to their end, well or not. */
    public val finished: Long get() = done + failed

    /** [elapsed] in milliseconds. */
    public val elapsedMillis: Long get() = elapsed.inWholeMilliseconds

    /** How long it takes until all is done if it goes on like this; null where that is not known. */
    public val remainingMillis: Long?
        get() = total?.takeIf { perSecond > 0 }?.let { ((it - finished).coerceAtLeast(0) / perSecond * MILLIS).toLong() }

    override fun toString(): String = buildString {
        append("$finished${total?.let { " of $it" }.orEmpty()} items in ${elapsedMillis.milliseconds}")
        for ((what, number) in listOf("failed" to failed, "retries" to retries, "cached" to cached, "resumed" to resumed)) {
            if (number > 0) append(", $number $what")
        }
        append(", ${usage.totalTokens} tokens")
    }

    private companion object {
        const val MILLIS = 1_000
    }
}
