package dev.tandem.redis

import io.lettuce.core.RedisCommandTimeoutException
import io.lettuce.core.RedisException
import kotlinx.coroutines.withTimeoutOrNull
import java.util.concurrent.atomic.AtomicBoolean
import kotlin.time.Duration

/**
 * Waits for answers so long. After one that did not come one caller at a time tries again, and the others need not wait for the
 * same. Each that tries in vain says so to [giveUp].
 */
internal class Patience(private val place: String, private val timeout: Duration, private val giveUp: () -> Unit) {
    private val isLost = AtomicBoolean()
    private val isTrying = AtomicBoolean()

    suspend fun <T> waitFor(answer: suspend () -> T): T {
        val tries = isLost.get()
        if (tries && !isTrying.compareAndSet(false, true)) {
            throw RedisCommandTimeoutException("Redis at $place has not answered for more than $timeout, and is being tried again")
        }
        try {
            val came = withTimeoutOrNull(timeout) { Answer(answer()) }
            isLost.set(came == null)
            if (came != null) return came.value
            if (tries) giveUp()
            throw RedisCommandTimeoutException("Redis at $place has not answered within $timeout")
        } catch (e: RedisException) {
            // Whoever fails at once keeps nobody waiting.
            if (e !is RedisCommandTimeoutException) isLost.set(false)
            throw e
        } finally {
            if (tries) isTrying.set(false)
        }
    }

    private class Answer<T>(val value: T)
}
