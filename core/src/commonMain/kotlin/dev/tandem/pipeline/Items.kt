@file:JvmName("-Items")

package dev.tandem.pipeline

import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatResponse
import dev.tandem.model.EmbeddingResponse
import dev.tandem.model.ImageResponse
import dev.tandem.model.Moderation
import dev.tandem.model.RateLimits
import dev.tandem.model.Speech
import dev.tandem.model.Transcription
import dev.tandem.model.Usage
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlin.jvm.JvmName

/** The usage that [item] of a call tells; the last one counts. */
internal fun usageOf(item: Any?): Usage? = when (item) {
    is ChatResponse -> item.usage
    is ChatEvent.UsageUpdate -> item.usage
    is ChatEvent.Completed -> item.response.usage
    is EmbeddingResponse -> item.usage
    is ImageResponse -> item.usage
    is Transcription -> item.usage
    else -> null
}

/** Only the text of a stream. */
internal fun textsOf(events: Flow<ChatEvent>): Flow<String> = flow { events.collect { if (it is ChatEvent.Text) emit(it.text) } }

/** How long what [item] of an answer says is, all of which its model has made. */
internal fun lettersOf(item: Any?): Int = when (item) {
    is ChatEvent.Text -> {
        item.text.length
    }

    is ChatEvent.Reasoning -> {
        item.reasoning.length
    }

    is ChatEvent.Refusal -> {
        item.refusal.length
    }

    is ChatEvent.ToolCallDelta -> {
        item.name.length + item.arguments.length
    }

    is ChatResponse -> {
        item.text.length + item.message.reasoning.length +
            item.message.toolCalls.sumOf { it.name.length + it.arguments.length }
    }

    else -> {
        0
    }
}

/** What is left of the provider's limits, where [item] tells. */
internal fun rateLimitsOf(item: Any?): RateLimits? = when (item) {
    is ChatResponse -> item.rateLimits
    is ChatEvent.Completed -> item.response.rateLimits
    is EmbeddingResponse -> item.rateLimits
    else -> null
}

/** Whether [this] item was there already, and has cost nothing. */
internal fun Any?.isCached(): Boolean = when (this) {
    is ChatResponse -> isCached
    is ChatEvent.Completed -> response.isCached
    is EmbeddingResponse -> isCached
    else -> false
}

/** The whole answer, where [item] of a call is one. */
internal fun answerOf(item: Any?): Any? = when (item) {
    is ChatResponse, is EmbeddingResponse, is ImageResponse, is Speech, is Transcription, is Moderation -> item
    is ChatEvent.Completed -> item.response
    else -> null
}
