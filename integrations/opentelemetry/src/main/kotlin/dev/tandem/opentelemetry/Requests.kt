@file:JvmName("-Requests")

package dev.tandem.opentelemetry

import dev.tandem.model.EmbeddingRequest
import dev.tandem.model.Options
import dev.tandem.model.ResponseFormat
import dev.tandem.pipeline.Call
import io.opentelemetry.api.common.Attributes
import io.opentelemetry.api.common.AttributesBuilder

/** What is known of a call before it is made, but not what it says. */
internal fun requestAttributes(call: Call<*>): Attributes {
    val attributes = Attributes.builder()
    attributes.put(GenAi.OPERATION, operationOf(call))
    attributes.put(GenAi.PROVIDER, providerOf(call))
    if (call.operation.asksModel) {
        options(attributes, call.request.options)
        if (isStream(call)) attributes.put(GenAi.STREAM, true)
        (call.request as? EmbeddingRequest)?.dimensions?.let { attributes.put(GenAi.DIMENSIONS, it.toLong()) }
    }
    return attributes.build()
}

/** Of values that are null the builder takes no notice. */
private fun options(attributes: AttributesBuilder, options: Options) {
    attributes.put(GenAi.MODEL, options.model)
    attributes.put(GenAi.CONVERSATION, options.conversation)
    attributes.put(GenAi.OUTPUT_TYPE, outputTypeOf(options.responseFormat))
    attributes.put(GenAi.TEMPERATURE, options.temperature)
    attributes.put(GenAi.TOP_P, options.topP)
    attributes.put(GenAi.TOP_K, options.topK?.toLong())
    attributes.put(GenAi.MAX_TOKENS, options.maxTokens?.toLong())
    attributes.put(GenAi.STOP, options.stop.ifEmpty { null })
    attributes.put(GenAi.SEED, options.seed)
    attributes.put(GenAi.FREQUENCY_PENALTY, options.frequencyPenalty)
    attributes.put(GenAi.PRESENCE_PENALTY, options.presencePenalty)
}

private fun outputTypeOf(format: ResponseFormat?) = when (format) {
    null -> null
    ResponseFormat.TEXT -> "text"
    else -> "json"
}
