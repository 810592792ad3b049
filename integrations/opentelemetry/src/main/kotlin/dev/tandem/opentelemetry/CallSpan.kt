package dev.tandem.opentelemetry

import dev.tandem.pipeline.Call
import dev.tandem.pipeline.CallEvent
import io.opentelemetry.api.common.Attributes
import io.opentelemetry.api.trace.Span
import io.opentelemetry.api.trace.SpanKind
import io.opentelemetry.api.trace.Tracer
import io.opentelemetry.context.Context
import java.time.Instant
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.TimeUnit

/** The span of one call, and of each of its attempts and tools. Told of by several coroutines at once where a call is hedged. */
internal class CallSpan(call: Call<*>, private val tracer: Tracer, private val failures: Failures) {
    private val caller = Context.current()

    val span: Span = tracer
        .spanBuilder(listOfNotNull(operationOf(call), modelOf(call)).joinToString(" "))
        .setSpanKind(SpanKind.CLIENT)
        .setParent(caller)
        .setAllAttributes(requestAttributes(call))
        .startSpan()

    val context: Context = caller.with(span)

    private val attempts = ConcurrentHashMap<Call<*>, Span>()

    @Volatile private var hasEnded = false

    fun sent(call: Call<*>) {
        attempts[call] = tracer
            .spanBuilder("attempt ${providerOf(call)}")
            .setParent(context)
            .setAllAttributes(attemptAttributes(call))
            .startSpan()
        // Another caller's wish may keep a call going whose own caller has gone.
        if (hasEnded) endAttempts()
    }

    fun returned(call: Call<*>, event: CallEvent.Returned) {
        val attempt = attempts.remove(call) ?: return
        if (event.usage.totalTokens > 0) {
            attempt.setAttribute(Tandem.ATTEMPT_INPUT_TOKENS, event.usage.inputTokens)
            attempt.setAttribute(Tandem.ATTEMPT_OUTPUT_TOKENS, event.usage.outputTokens)
        }
        event.error?.let { failures.record(attempt, it) }
        attempt.end()
    }

    /** Told of at its end only, so whatever the tool itself records is below the span that was current for the caller. */
    fun ran(call: Call<*>, event: CallEvent.ToolFinished) {
        val end = nowNanos()
        val tool = tracer
            .spanBuilder(listOfNotNull(EXECUTE_TOOL, event.tool.takeIf { isOffered(it, call) }).joinToString(" "))
            .setParent(context)
            .setStartTimestamp(end - event.took.inWholeNanoseconds, TimeUnit.NANOSECONDS)
            .setAttribute(GenAi.OPERATION, EXECUTE_TOOL)
            .setAttribute(GenAi.TOOL_NAME, event.tool)
            .setAttribute(GenAi.TOOL_TYPE, "function")
            .startSpan()
        event.error?.let { failures.recordTool(tool, it) }
        tool.end(end, TimeUnit.NANOSECONDS)
    }

    fun end() {
        hasEnded = true
        endAttempts()
        span.end()
    }

    private fun endAttempts() = attempts.keys.forEach { attempts.remove(it)?.end() }

    /** A model may ask for whatever comes to its mind, and names of spans must be few. */
    private fun isOffered(tool: String, call: Call<*>) = call.request.options.tools
        .any { it.name == tool }

    private fun nowNanos(): Long = Instant.now().let { TimeUnit.SECONDS.toNanos(it.epochSecond) + it.nano }

    private fun attemptAttributes(call: Call<*>): Attributes = Attributes
        .builder()
        .put(GenAi.PROVIDER, providerOf(call))
        .put(GenAi.MODEL, modelOf(call))
        .put(Tandem.ATTEMPT, call.attempt.toLong())
        .put(Tandem.IS_HEDGE, call.isHedge)
        .build()

    private companion object {
        const val EXECUTE_TOOL = "execute_tool"
    }
}
