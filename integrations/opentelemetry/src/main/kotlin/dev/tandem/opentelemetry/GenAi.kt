package dev.tandem.opentelemetry

import io.opentelemetry.api.common.AttributeKey

/** Names of the semantic conventions for generative AI, as of 1.41, the last ones released. */
internal object GenAi {
    const val SCHEMA_URL = "https://opentelemetry.io/schemas/1.41.0"

    val OPERATION: AttributeKey<String> = AttributeKey.stringKey("gen_ai.operation.name")
    val PROVIDER: AttributeKey<String> = AttributeKey.stringKey("gen_ai.provider.name")
    val CONVERSATION: AttributeKey<String> = AttributeKey.stringKey("gen_ai.conversation.id")
    val OUTPUT_TYPE: AttributeKey<String> = AttributeKey.stringKey("gen_ai.output.type")

    val MODEL: AttributeKey<String> = AttributeKey.stringKey("gen_ai.request.model")
    val STREAM: AttributeKey<Boolean> = AttributeKey.booleanKey("gen_ai.request.stream")
    val TEMPERATURE: AttributeKey<Double> = AttributeKey.doubleKey("gen_ai.request.temperature")
    val TOP_P: AttributeKey<Double> = AttributeKey.doubleKey("gen_ai.request.top_p")
    val TOP_K: AttributeKey<Long> = AttributeKey.longKey("gen_ai.request.top_k")
    val MAX_TOKENS: AttributeKey<Long> = AttributeKey.longKey("gen_ai.request.max_tokens")
    val STOP: AttributeKey<List<String>> = AttributeKey.stringArrayKey("gen_ai.request.stop_sequences")
    val SEED: AttributeKey<Long> = AttributeKey.longKey("gen_ai.request.seed")
    val FREQUENCY_PENALTY: AttributeKey<Double> = AttributeKey.doubleKey("gen_ai.request.frequency_penalty")
    val PRESENCE_PENALTY: AttributeKey<Double> = AttributeKey.doubleKey("gen_ai.request.presence_penalty")
    val DIMENSIONS: AttributeKey<Long> = AttributeKey.longKey("gen_ai.embeddings.dimension.count")

    val RESPONSE_ID: AttributeKey<String> = AttributeKey.stringKey("gen_ai.response.id")
    val RESPONSE_MODEL: AttributeKey<String> = AttributeKey.stringKey("gen_ai.response.model")
    val FINISH_REASONS: AttributeKey<List<String>> = AttributeKey.stringArrayKey("gen_ai.response.finish_reasons")
    val FIRST_CHUNK: AttributeKey<Double> = AttributeKey.doubleKey("gen_ai.response.time_to_first_chunk")

    val INPUT_TOKENS: AttributeKey<Long> = AttributeKey.longKey("gen_ai.usage.input_tokens")
    val OUTPUT_TOKENS: AttributeKey<Long> = AttributeKey.longKey("gen_ai.usage.output_tokens")
    val CACHE_READ_TOKENS: AttributeKey<Long> = AttributeKey.longKey("gen_ai.usage.cache_read.input_tokens")
    val CACHE_CREATION_TOKENS: AttributeKey<Long> = AttributeKey.longKey("gen_ai.usage.cache_creation.input_tokens")
    val REASONING_TOKENS: AttributeKey<Long> = AttributeKey.longKey("gen_ai.usage.reasoning.output_tokens")

    val INPUT_MESSAGES: AttributeKey<String> = AttributeKey.stringKey("gen_ai.input.messages")
    val OUTPUT_MESSAGES: AttributeKey<String> = AttributeKey.stringKey("gen_ai.output.messages")
    val TOOL_DEFINITIONS: AttributeKey<String> = AttributeKey.stringKey("gen_ai.tool.definitions")

    val TOOL_NAME: AttributeKey<String> = AttributeKey.stringKey("gen_ai.tool.name")
    val TOOL_TYPE: AttributeKey<String> = AttributeKey.stringKey("gen_ai.tool.type")

    val TOKEN_TYPE: AttributeKey<String> = AttributeKey.stringKey("gen_ai.token.type")
    val ERROR_TYPE: AttributeKey<String> = AttributeKey.stringKey("error.type")
    val STATUS_CODE: AttributeKey<Long> = AttributeKey.longKey("http.response.status_code")
}
