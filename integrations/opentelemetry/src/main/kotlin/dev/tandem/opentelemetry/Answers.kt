@file:JvmName("-Answers")

package dev.tandem.opentelemetry

import dev.tandem.model.ChatResponse
import dev.tandem.model.EmbeddingResponse
import dev.tandem.model.FinishReason
import dev.tandem.model.Usage
import io.opentelemetry.api.trace.Span

/** What came, but not what it says. */
internal fun answerAttributes(span: Span, answer: Any?) {
    when (answer) {
        is ChatResponse -> {
            if (answer.id.isNotEmpty()) span.setAttribute(GenAi.RESPONSE_ID, answer.id)
            span.setAttribute(GenAi.FINISH_REASONS, (listOf(answer) + answer.alternatives).map { reasonOf(it.finishReason) })
            if (answer.isCached) span.setAttribute(Tandem.IS_CACHED, true)
        }

        is EmbeddingResponse -> {
            if (answer.isCached) span.setAttribute(Tandem.IS_CACHED, true)
        }
    }
    responseModelOf(answer)?.let { span.setAttribute(GenAi.RESPONSE_MODEL, it) }
}

/** Null where it was not told. */
internal fun responseModelOf(answer: Any?): String? = when (answer) {
    is ChatResponse -> answer.model
    is EmbeddingResponse -> answer.model
    else -> null
}?.ifEmpty { null }

/** Zero is what a provider has that said nothing. */
internal fun usageAttributes(span: Span, usage: Usage) {
    if (usage.totalTokens == 0L) return
    span.setAttribute(GenAi.INPUT_TOKENS, usage.inputTokens)
    span.setAttribute(GenAi.OUTPUT_TOKENS, usage.outputTokens)
    if (usage.cachedInputTokens > 0) span.setAttribute(GenAi.CACHE_READ_TOKENS, usage.cachedInputTokens)
    if (usage.cacheWriteInputTokens > 0) span.setAttribute(GenAi.CACHE_CREATION_TOKENS, usage.cacheWriteInputTokens)
    if (usage.reasoningTokens > 0) span.setAttribute(GenAi.REASONING_TOKENS, usage.reasoningTokens)
}

internal fun reasonOf(reason: FinishReason): String = when (reason.kind) {
    FinishReason.Kind.STOP -> "stop"
    FinishReason.Kind.LENGTH -> "length"
    FinishReason.Kind.TOOL_CALLS -> "tool_call"
    FinishReason.Kind.CONTENT_FILTER -> "content_filter"
    FinishReason.Kind.ERROR -> "error"
    FinishReason.Kind.UNKNOWN -> reason.raw.ifEmpty { "unknown" }
}
