package dev.tandem.batch

import dev.tandem.batch.BatchResult.Effort
import dev.tandem.error.OverloadedException
import dev.tandem.error.RateLimitedException
import dev.tandem.model.Usage
import dev.tandem.pipeline.Call
import dev.tandem.pipeline.CallEvent
import dev.tandem.telemetry.CallListener
import kotlin.time.Duration

/** What the calls for one item take. They may come from several threads. */
internal class Meter : CallListener {
    /** All of this is guarded by this object. */
    private var usage = Usage.NONE
    private var usd: Double? = 0.0
    private var retries = 0
    private var hits = 0

    /** A provider has said that it has too much to do. */
    @get:Synchronized
    var wasRefused: Boolean = false
        private set

    @Synchronized
    override fun onEvent(call: Call<*>, event: CallEvent) {
        when (event) {
            is CallEvent.CacheHit -> {
                hits++
            }

            is CallEvent.Retrying -> {
                retries++
                note(event.error)
            }

            is CallEvent.Completed -> {
                usage += event.usage
                usd = usd?.let { sum -> event.usd?.let { sum + it } }
            }

            is CallEvent.Failed -> {
                note(event.error)
            }

            else -> {}
        }
    }

    @Synchronized
    fun read(took: Duration): Effort = Effort(usage, usd, retries, isCached = hits > 0 && usage.totalTokens == 0L, isResumed = false, took)

    private fun note(error: Throwable) {
        if (error is RateLimitedException || error is OverloadedException) wasRefused = true
    }
}
