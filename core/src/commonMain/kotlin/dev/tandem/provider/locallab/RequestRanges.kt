package dev.tandem.provider.locallab

import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.doubleOrNull

/** What the server takes: it would answer anything else with 422. */
internal object RequestRanges {
    const val REPETITION_PENALTY = "repetition_penalty"
    const val MAX_TIME = "max_time"

    private val RANGES =
        mapOf(
            "max_tokens" to 1..32_000,
            "max_length" to 1..32_000,
            "temperature" to 0..2,
            "top_p" to 0..1,
            "top_k" to 1..1000,
            REPETITION_PENALTY to 1..2,
        )

    fun check(body: JsonObject) {
        for ((name, value) in body) (value as? JsonPrimitive)?.doubleOrNull?.let { check(name, it, value.content) }
    }

    fun check(name: String, value: Double, shown: String = value.toString()) {
        require(name != MAX_TIME || value > 0) { "max_time must be positive, but is $shown seconds" }
        val range = RANGES[name] ?: return
        require(value >= range.first && value <= range.last) {
            "LocalLab takes $name between ${range.first} and ${range.last}, but it is $shown"
        }
    }
}
