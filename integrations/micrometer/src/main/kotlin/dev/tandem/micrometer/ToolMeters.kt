package dev.tandem.micrometer

import dev.tandem.pipeline.Call
import dev.tandem.pipeline.CallEvent
import io.micrometer.core.instrument.MeterRegistry
import io.micrometer.core.instrument.Tags
import io.micrometer.core.instrument.Timer
import kotlin.coroutines.cancellation.CancellationException
import kotlin.time.toJavaDuration

/** Of tools that the client runs itself. They do not care which model has asked for them. */
internal class ToolMeters(registry: MeterRegistry, tags: Tags) {
    private val durations = Timer
        .builder("tandem.tools")
        .description("Tools that models have asked for, and the client has run or refused")
        .tags(tags)
        .withRegistry(registry)

    fun finished(call: Call<*>, event: CallEvent.ToolFinished) {
        val outcome = when (event.error) {
            null -> "success"
            is CancellationException -> "cancelled"
            else -> "failure"
        }
        durations.withTags("tool", nameOf(call, event.tool), "outcome", outcome).record(event.took.toJavaDuration())
    }

    /** A model may ask for whatever comes to its mind, and tags must be few. */
    private fun nameOf(call: Call<*>, tool: String) = if (call.request.options.tools
            .any { it.name == tool }
    ) {
        tool
    } else {
        NONE
    }
}
