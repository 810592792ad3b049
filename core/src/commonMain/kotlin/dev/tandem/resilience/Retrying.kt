@file:JvmName("-Retrying")

package dev.tandem.resilience

import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.FlowCollector
import kotlin.jvm.JvmName
import kotlin.time.Duration

/**
 * Emits what the first attempt emits that does not fail before its first item: what has been seen cannot be taken back.
 * [pauseAfter] a failure is null for no more attempts; [failed] makes of the last failure what is thrown.
 */
internal suspend inline fun <T> FlowCollector<T>.emitRetrying(
    attempt: (number: Int) -> Flow<T>,
    pauseAfter: (number: Int, failure: Throwable) -> Duration?,
    failed: (number: Int, failure: Throwable) -> Throwable,
) {
    var number = 1
    while (true) {
        val failure = failureOf(attempt(number)) ?: return
        delay(pauseAfter(number, failure) ?: throw failed(number, failure))
        number++
    }
}

/** Null when it has succeeded. */
private suspend fun <T> FlowCollector<T>.failureOf(attempt: Flow<T>): Throwable? {
    var hasBegun = false
    return try {
        attempt.collect {
            hasBegun = true
            emit(it)
        }
        null
    } catch (e: Throwable) {
        // After the first item it may be the collector's own.
        if (hasBegun || e is CancellationException || e is Error) throw e
        e
    }
}
