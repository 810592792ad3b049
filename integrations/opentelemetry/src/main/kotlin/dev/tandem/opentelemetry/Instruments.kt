package dev.tandem.opentelemetry

import dev.tandem.model.Usage
import dev.tandem.pipeline.Call
import io.opentelemetry.api.common.Attributes
import io.opentelemetry.api.common.AttributesBuilder
import io.opentelemetry.api.metrics.DoubleHistogram
import io.opentelemetry.api.metrics.LongHistogram
import io.opentelemetry.api.metrics.Meter
import io.opentelemetry.context.Context

/** The metrics of the conventions, with the buckets that they advise. */
internal class Instruments(meter: Meter) {
    private val durations = seconds(meter, "gen_ai.client.operation.duration", "GenAI operation duration.")
    private val firstChunks = seconds(
        meter,
        "gen_ai.client.operation.time_to_first_chunk",
        "Time to receive the first chunk, measured from when the client issues the generation request to when the first chunk is " +
            "received in the response stream.",
    )
    private val tokens: LongHistogram = meter
        .histogramBuilder("gen_ai.client.token.usage")
        .setUnit("{token}")
        .setDescription("Number of input and output tokens used.")
        .ofLongs()
        .setExplicitBucketBoundariesAdvice(TOKEN_BUCKETS)
        .build()

    /** [errorType] and [responseModel] null where there is none. */
    fun ended(call: Call<*>, seconds: Double, errorType: String?, responseModel: String?, context: Context) {
        val attributes = attributesOf(call).put(GenAi.ERROR_TYPE, errorType).put(GenAi.RESPONSE_MODEL, responseModel)
        durations.record(seconds, attributes.build(), context)
    }

    fun begun(call: Call<*>, seconds: Double, context: Context) = firstChunks.record(seconds, attributesOf(call).build(), context)

    /** Booked to whoever was asked, for each attempt: all of them are paid for. */
    fun used(call: Call<*>, usage: Usage, context: Context) {
        if (usage.totalTokens == 0L) return
        tokens.record(usage.inputTokens, attributesOf(call).put(GenAi.TOKEN_TYPE, "input").build(), context)
        tokens.record(usage.outputTokens, attributesOf(call).put(GenAi.TOKEN_TYPE, "output").build(), context)
    }

    private fun attributesOf(call: Call<*>): AttributesBuilder = Attributes
        .builder()
        .put(GenAi.OPERATION, operationOf(call))
        .put(GenAi.PROVIDER, providerOf(call))
        .put(GenAi.MODEL, modelOf(call))

    private fun seconds(meter: Meter, name: String, description: String): DoubleHistogram = meter
        .histogramBuilder(name)
        .setUnit("s")
        .setDescription(description)
        .setExplicitBucketBoundariesAdvice(SECOND_BUCKETS)
        .build()

    private companion object {
        val SECOND_BUCKETS = listOf(0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92)
        val TOKEN_BUCKETS =
            listOf(1L, 4L, 16L, 64L, 256L, 1024L, 4096L, 16384L, 65536L, 262144L, 1048576L, 4194304L, 16777216L, 67108864L)
    }
}
