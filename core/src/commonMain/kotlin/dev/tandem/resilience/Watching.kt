@file:JvmName("-Watching")

package dev.tandem.resilience

import dev.tandem.error.AiException
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.FlowCollector
import kotlin.jvm.JvmName

/**
 * Emits what [source] emits, after it was [seen]. [failed] hears why the source failed, and nothing of what its collector throws:
 * that may come from another model.
 */
internal suspend inline fun <T> FlowCollector<T>.emitWatched(
    source: Flow<T>,
    crossinline seen: (T) -> Unit,
    failed: (AiException) -> Unit,
) {
    var isEmitting = false
    try {
        source.collect { item ->
            seen(item)
            isEmitting = true
            emit(item)
            isEmitting = false
        }
    } catch (e: AiException) {
        if (!isEmitting) failed(e)
        throw e
    }
}
