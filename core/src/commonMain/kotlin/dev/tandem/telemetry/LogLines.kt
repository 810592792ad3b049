package dev.tandem.telemetry

import dev.tandem.error.kindOf
import dev.tandem.error.plain
import dev.tandem.pipeline.Call
import dev.tandem.pipeline.CallEvent
import dev.tandem.pipeline.CircuitState
import kotlinx.coroutines.CancellationException
import kotlin.jvm.JvmStatic
import kotlin.time.Duration

/**
 * Makes a line for a log of each thing that happens to a call. It says who was asked, how long it took, how many tokens it cost and
 * which kind of failure it was; never a prompt, an answer, a header, a key, or what the provider said of a failure.
 */
public class LogLines private constructor(private val sink: LogSink, private val exceptions: Boolean) : CallListener {
    override fun onEvent(call: Call<*>, event: CallEvent) {
        val level = levelOf(event)
        if (sink.keeps(level)) sink.log(level, "${nameOf(call)}: ${wordsFor(call, event)}", if (exceptions) errorOf(event) else null)
    }

    private fun levelOf(event: CallEvent) = when (event) {
        is CallEvent.Failed, is CallEvent.CacheFailed, is CallEvent.LimitsNotShared -> LogLevel.WARN
        is CallEvent.CircuitChanged -> if (event.state == CircuitState.OPEN) LogLevel.WARN else LogLevel.INFO
        is CallEvent.Retrying, is CallEvent.FellBack -> LogLevel.INFO
        else -> LogLevel.DEBUG
    }

    private fun nameOf(call: Call<*>): String {
        val model = call.request.options.model
            ?.takeIf { call.operation.asksModel }
        return "call ${call.id} (${listOfNotNull(call.operation, call.target.name, model).joinToString { plain(it.toString()) }})"
    }

    private fun wordsFor(call: Call<*>, event: CallEvent): String = when (event) {
        CallEvent.Started -> "started"
        CallEvent.CacheHit -> "answered by the cache"
        is CallEvent.CacheFailed -> "goes on without the cache: ${kindOf(event.error)}"
        is CallEvent.LimitsNotShared -> "goes by this client's own limits: ${kindOf(event.error)}"
        is CallEvent.Waited -> "waited ${millis(event.time)} for its turn"
        CallEvent.Sent -> "${attempt(call)} sent"
        is CallEvent.Returned -> "${attempt(call)} ${endOf(event)}"
        is CallEvent.FirstItem -> "first item after ${millis(event.after)}"
        is CallEvent.Retrying -> "${attempt(call)} failed, another one follows in ${millis(event.pause)}: ${kindOf(event.error)}"
        CallEvent.Hedged -> "takes long, asked once more beside it"
        is CallEvent.FellBack -> "${plain(event.from)} failed, ${plain(event.to)} is asked: ${kindOf(event.error)}"
        is CallEvent.CircuitChanged -> "circuit of ${plain(event.target)} is ${event.state}"
        is CallEvent.ToolStarted -> "tool ${plain(event.tool)} started"
        is CallEvent.ToolFinished -> "tool ${plain(event.tool)} ${event.error?.let { "failed after" } ?: "done in"} ${millis(event.took)}"
        is CallEvent.Completed -> "completed in ${millis(event.took)}, ${tokens(event.usage)}"
        is CallEvent.Failed -> "failed after ${millis(event.took)}: ${kindOf(event.error)}"
        is CallEvent.Cancelled -> "cancelled after ${millis(event.took)}"
    }

    private fun endOf(event: CallEvent.Returned): String {
        val took = millis(event.took)
        return when (val error = event.error) {
            null -> "answered in $took, ${tokens(event.usage)}"
            is CancellationException -> "given up after $took"
            else -> "failed after $took: ${kindOf(error)}"
        }
    }

    private fun errorOf(event: CallEvent): Throwable? = when (event) {
        is CallEvent.CacheFailed -> event.error
        is CallEvent.LimitsNotShared -> event.error
        is CallEvent.Retrying -> event.error
        is CallEvent.FellBack -> event.error
        is CallEvent.Failed -> event.error
        else -> null
    }

    private fun attempt(call: Call<*>) = "attempt ${call.attempt}${if (call.isHedge) " (hedge)" else ""}"

    private fun millis(time: Duration) = "${time.inWholeMilliseconds} ms"

    /** How lines are made, and where they go. */
    public class Builder internal constructor(private val sink: LogSink) {
        private var exceptions = false

        /**
         * Whether the sink gets the exception of a failure too. Its message is what the provider said, and some providers quote the
         * request.
         */
        public fun exceptions(areWanted: Boolean): Builder = apply { exceptions = areWanted }

        /** What is set later does not change it. */
        public fun build(): LogLines = LogLines(sink, exceptions)
    }

    public companion object {
        /** Without exceptions: of a failure, its kind only. */
        @JvmStatic
        public fun to(sink: LogSink): LogLines = builder(sink).build()

        /** Begins without exceptions. */
        @JvmStatic
        public fun builder(sink: LogSink): Builder = Builder(sink)
    }
}
