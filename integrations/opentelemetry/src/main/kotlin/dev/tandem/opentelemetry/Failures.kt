package dev.tandem.opentelemetry

import dev.tandem.error.AiException
import dev.tandem.error.ToolFailedException
import io.opentelemetry.api.trace.Span
import io.opentelemetry.api.trace.StatusCode
import kotlinx.coroutines.CancellationException

/** Puts failures on spans: their type and numbers, and the exception itself only where [exceptions] are wanted. */
internal class Failures(private val exceptions: Boolean) {
    fun record(span: Span, error: Throwable) {
        span.setAttribute(GenAi.ERROR_TYPE, errorTypeOf(error))
        // Nothing is wrong with what nobody wants any more.
        if (error is CancellationException) return
        span.setStatus(StatusCode.ERROR, if (exceptions) error.message.orEmpty() else "")
        if (exceptions) span.recordException(error)
        if (error is AiException) numbers(span, error)
    }

    /** What the tool has thrown, or why it has no result. */
    fun recordTool(span: Span, error: Throwable) {
        span.setAttribute(GenAi.ERROR_TYPE, if (error is ToolFailedException) TOOL_ERROR else errorTypeOf(error))
        if (error is CancellationException) return
        span.setStatus(StatusCode.ERROR, if (exceptions) error.message.orEmpty() else "")
        if (exceptions) span.recordException(error)
    }

    private fun numbers(span: Span, error: AiException) {
        error.status?.let { span.setAttribute(GenAi.STATUS_CODE, it.toLong()) }
        error.code?.let { span.setAttribute(Tandem.ERROR_CODE, it) }
        error.requestId?.let { span.setAttribute(Tandem.REQUEST_ID, it) }
    }

    private companion object {
        /** The conventions' word for a tool that has no result, where nothing was thrown: refused, too late, or wrongly called. */
        const val TOOL_ERROR = "tool_error"
    }
}
