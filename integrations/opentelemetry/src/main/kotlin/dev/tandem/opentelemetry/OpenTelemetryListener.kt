package dev.tandem.opentelemetry

import dev.tandem.pipeline.Call
import dev.tandem.pipeline.CallEvent
import dev.tandem.telemetry.CallListener
import io.opentelemetry.api.OpenTelemetry
import io.opentelemetry.context.Context
import java.util.concurrent.ConcurrentHashMap
import kotlin.time.Duration
import kotlin.time.DurationUnit

/**
 * Spans and metrics of calls, by OpenTelemetry's semantic conventions for generative AI. Each call is a span under whatever span is
 * current where it is made, with one below it for each attempt and each tool. One listener may serve several clients.
 *
 * Neither prompts nor answers are recorded unless [Builder.content] asks for them.
 */
public class OpenTelemetryListener private constructor(from: Builder) : CallListener {
    private val tracer = from.openTelemetry.tracerProvider
        .tracerBuilder(Tandem.SCOPE)
        .setSchemaUrl(GenAi.SCHEMA_URL)
        .build()
    private val instruments = Instruments(
        from.openTelemetry.meterProvider
            .meterBuilder(Tandem.SCOPE)
            .setSchemaUrl(GenAi.SCHEMA_URL)
            .build(),
    )
    private val failures = Failures(from.exceptions)
    private val content = from.content

    /** Of calls under way: each ends, and leaves. */
    private val spans = ConcurrentHashMap<Long, CallSpan>()

    internal val callsUnderWay: Int get() = spans.size

    /** Opens, fills and ends spans, on the thread that brings the event. */
    override fun onEvent(call: Call<*>, event: CallEvent) {
        val of = spans[call.id]
        when (event) {
            is CallEvent.Started -> started(call)
            is CallEvent.Sent -> of?.sent(call)
            is CallEvent.Returned -> returned(call, of, event)
            is CallEvent.FirstItem -> of?.let { begun(call, it, event) }
            is CallEvent.ToolFinished -> of?.ran(call, event)
            is CallEvent.Completed -> of?.let { completed(call, it, event) }
            is CallEvent.Failed -> of?.let { failed(call, it, event) }
            is CallEvent.Cancelled -> of?.let { cancelled(call, it, event) }
            else -> of?.let { recordHappening(it.span, event) }
        }
    }

    private fun started(call: Call<*>) {
        val of = CallSpan(call, tracer, failures)
        if (content) recordRequest(of.span, call.request)
        spans[call.id] = of
    }

    /** Tokens are paid for, whether or not somebody still waits for them. */
    private fun returned(call: Call<*>, of: CallSpan?, event: CallEvent.Returned) {
        instruments.used(call, event.usage, of?.context ?: Context.root())
        of?.returned(call, event)
    }

    private fun begun(call: Call<*>, of: CallSpan, event: CallEvent.FirstItem) {
        if (!isStream(call)) return
        of.span.setAttribute(GenAi.FIRST_CHUNK, seconds(event.after))
        instruments.begun(call, seconds(event.after), of.context)
    }

    private fun completed(call: Call<*>, of: CallSpan, event: CallEvent.Completed) = ended(call, of) {
        usageAttributes(of.span, event.usage)
        answerAttributes(of.span, event.answer)
        if (content) recordAnswer(of.span, event.answer)
        instruments.ended(call, seconds(event.took), null, responseModelOf(event.answer), of.context)
    }

    private fun failed(call: Call<*>, of: CallSpan, event: CallEvent.Failed) = ended(call, of) {
        failures.record(of.span, event.error)
        if (content) recordPart(of.span, event.error)
        instruments.ended(call, seconds(event.took), errorTypeOf(event.error), null, of.context)
    }

    private fun cancelled(call: Call<*>, of: CallSpan, event: CallEvent.Cancelled) = ended(call, of) {
        of.span.setAttribute(GenAi.ERROR_TYPE, CANCELLED)
        instruments.ended(call, seconds(event.took), CANCELLED, null, of.context)
    }

    private inline fun ended(call: Call<*>, of: CallSpan, record: () -> Unit) {
        spans -= call.id
        try {
            record()
        } finally {
            of.end()
        }
    }

    private fun seconds(time: Duration) = time.toDouble(DurationUnit.SECONDS)

    /** What is recorded, and by whom. */
    public class Builder internal constructor(internal val openTelemetry: OpenTelemetry) {
        internal var content = false
            private set
        internal var exceptions = false
            private set

        /** Whether spans carry what is asked and answered, and the tools, as JSON. Not the bytes of images. */
        public fun content(isWanted: Boolean): Builder = apply { content = isWanted }

        /**
         * Whether spans carry the exception of a failure with its message. That is what the provider said, and some providers quote
         * the request. The type, the status and the provider's code are recorded in any case.
         */
        public fun exceptions(areWanted: Boolean): Builder = apply { exceptions = areWanted }

        /** What is set later does not change it. */
        public fun build(): OpenTelemetryListener = OpenTelemetryListener(this)
    }

    public companion object {
        /** Without prompts and answers, and without what providers say of failures. */
        @JvmStatic
        public fun of(openTelemetry: OpenTelemetry): OpenTelemetryListener = builder(openTelemetry).build()

        /** Begins without prompts, answers and exceptions. */
        @JvmStatic
        public fun builder(openTelemetry: OpenTelemetry): Builder = Builder(openTelemetry)
    }
}
