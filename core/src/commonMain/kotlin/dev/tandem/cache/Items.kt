@file:JvmName("-CacheItems")

package dev.tandem.cache

import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatResponse
import dev.tandem.model.EmbeddingResponse
import dev.tandem.model.ResponseFormat
import dev.tandem.pipeline.answerOf
import dev.tandem.pipeline.isCached
import dev.tandem.pipeline.lettersOf
import kotlin.jvm.JvmName

/** [item] of a call, for somebody who has not paid for it. */
internal fun cachedOf(item: Any?): Any? = when (item) {
    is ChatResponse -> item.cached()
    is ChatEvent.Completed -> ChatEvent.Completed(item.response.cached())
    is EmbeddingResponse -> item.cached()
    else -> item
}

/** Whether [last] is the end of an answer that is as good the next time: nothing withheld, lost, empty or wrong, and no copy. */
internal fun isWorthKeeping(last: Any?, format: ResponseFormat?): Boolean {
    val answer = answerOf(last) ?: return false
    if (last.isCached()) return false
    if (answer !is ChatResponse) return true
    if (answer.finishReason.isError || (answer.text.isEmpty() && answer.toolCalls.isEmpty())) return false
    return format !is ResponseFormat.JsonSchema || format.accepts(answer)
}

/** About what [item] takes in memory. */
internal fun weightOf(item: Any?): Long = SMALL + when (item) {
    is ChatResponse -> lengthOf(item)
    is ChatEvent.Completed -> lengthOf(item.response)
    is ChatEvent.Raw -> item.name.length + item.data.length
    is EmbeddingResponse -> item.embeddings.sumOf { it.dimensions } * Float.SIZE_BYTES
    else -> lettersOf(item)
}

private fun lengthOf(response: ChatResponse): Int {
    val state = response.message.providerState
        ?.json
        ?.toString()
    val beside = response.metadata.values.sumOf { it.length } + response.alternatives.sumOf(::lengthOf)
    return lettersOf(response) + (state?.length ?: 0) + beside
}

private const val SMALL = 64L
