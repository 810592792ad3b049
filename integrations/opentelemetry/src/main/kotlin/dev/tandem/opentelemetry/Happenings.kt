@file:JvmName("-Happenings")

package dev.tandem.opentelemetry

import dev.tandem.pipeline.CallEvent
import io.opentelemetry.api.common.Attributes
import io.opentelemetry.api.trace.Span

/** What happens between the beginning and the end of a call, as an event of its span. */
internal fun recordHappening(span: Span, event: CallEvent) {
    if (event is CallEvent.CacheHit) span.setAttribute(Tandem.IS_CACHED, true)
    nameOf(event)?.let { span.addEvent(it, detailsOf(event)) }
}

/** Null for what is no event of a span. */
private fun nameOf(event: CallEvent): String? = when (event) {
    is CallEvent.Retrying -> Tandem.RETRY
    is CallEvent.Hedged -> Tandem.HEDGE
    is CallEvent.FellBack -> Tandem.FALLBACK
    is CallEvent.CacheHit -> Tandem.CACHE_HIT
    is CallEvent.CacheFailed -> Tandem.CACHE_FAILURE
    is CallEvent.LimitsNotShared -> Tandem.LIMITS_NOT_SHARED
    is CallEvent.Waited -> Tandem.WAIT
    is CallEvent.CircuitChanged -> Tandem.CIRCUIT
    else -> null
}

private fun detailsOf(event: CallEvent): Attributes = when (event) {
    is CallEvent.Retrying -> Attributes.of(GenAi.ERROR_TYPE, errorTypeOf(event.error), Tandem.MILLIS, event.pauseMillis)
    is CallEvent.FellBack -> Attributes.of(Tandem.FROM, event.from, Tandem.TO, event.to, GenAi.ERROR_TYPE, errorTypeOf(event.error))
    is CallEvent.CacheFailed -> Attributes.of(GenAi.ERROR_TYPE, errorTypeOf(event.error))
    is CallEvent.LimitsNotShared -> Attributes.of(GenAi.ERROR_TYPE, errorTypeOf(event.error))
    is CallEvent.Waited -> Attributes.of(Tandem.MILLIS, event.millis)
    is CallEvent.CircuitChanged -> Attributes.of(Tandem.TARGET, event.target, Tandem.STATE, event.state.name.lowercase())
    else -> Attributes.empty()
}
