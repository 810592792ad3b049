@file:JvmName("-Trying")

package dev.tandem.cache

import dev.tandem.pipeline.Call
import dev.tandem.pipeline.CallEvent
import dev.tandem.platform.Clock
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlin.jvm.JvmName
import kotlin.time.Duration

/** Null, and told, when [whose] work fails or takes longer than [patience], null for all of it: neither fails or holds up the call. */
internal suspend fun <R : Any> Call<*>.trying(whose: Any, patience: Duration?, work: suspend () -> R?): R? {
    var isDone = false
    val toTheEnd = suspend { work().also { isDone = true } }
    val failure = try {
        val result = if (patience == null) toTheEnd() else Clock.withinOrNull(patience) { toTheEnd() }
        if (isDone) return result
        IllegalStateException("$whose did not answer within $patience")
    } catch (e: Throwable) {
        if (e is Error) throw e
        currentCoroutineContext().ensureActive()
        e
    }
    tell(CallEvent.CacheFailed(failure))
    return null
}
