package dev.tandem.opentelemetry

import io.opentelemetry.api.common.AttributeKey

/** Our own names, for what the conventions have none for. */
internal object Tandem {
    const val SCOPE = "dev.tandem"

    const val RETRY = "tandem.retry"
    const val HEDGE = "tandem.hedge"
    const val FALLBACK = "tandem.fallback"
    const val CACHE_HIT = "tandem.cache.hit"
    const val CACHE_FAILURE = "tandem.cache.failure"
    const val LIMITS_NOT_SHARED = "tandem.limits.not_shared"
    const val WAIT = "tandem.wait"
    const val CIRCUIT = "tandem.circuit"

    val IS_CACHED: AttributeKey<Boolean> = AttributeKey.booleanKey("tandem.cached")
    val ATTEMPT: AttributeKey<Long> = AttributeKey.longKey("tandem.attempt")
    val IS_HEDGE: AttributeKey<Boolean> = AttributeKey.booleanKey("tandem.attempt.is_hedge")

    /** Not `gen_ai.usage`: that is the whole call's, and would be counted twice. */
    val ATTEMPT_INPUT_TOKENS: AttributeKey<Long> = AttributeKey.longKey("tandem.attempt.input_tokens")
    val ATTEMPT_OUTPUT_TOKENS: AttributeKey<Long> = AttributeKey.longKey("tandem.attempt.output_tokens")
    val MILLIS: AttributeKey<Long> = AttributeKey.longKey("tandem.millis")
    val FROM: AttributeKey<String> = AttributeKey.stringKey("tandem.from")
    val TO: AttributeKey<String> = AttributeKey.stringKey("tandem.to")
    val TARGET: AttributeKey<String> = AttributeKey.stringKey("tandem.target")
    val STATE: AttributeKey<String> = AttributeKey.stringKey("tandem.circuit.state")
    val ERROR_CODE: AttributeKey<String> = AttributeKey.stringKey("tandem.error.code")
    val REQUEST_ID: AttributeKey<String> = AttributeKey.stringKey("tandem.request.id")
}
