@file:JvmName("-Readings")

package dev.tandem.locallab

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.booleanOrNull
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.doubleOrNull
import kotlin.jvm.JvmName

// Each gives null for what has none of the fields that make it what it should be, and forgives the lack of all others.

internal fun modelOf(json: JsonObject): LocalLabModel? {
    val id = json.text("id") ?: return null
    val isLoaded = json.flag("is_loaded") ?: false
    val progress = json.number("loading_progress") ?: if (isLoaded) 1.0 else 0.0
    return LocalLabModel(
        id,
        json.text("name") ?: id,
        json.text("description").orEmpty(),
        json.flag("can_load") ?: true,
        isLoaded,
        progress.coerceIn(0.0, 1.0),
    )
}

internal fun modelsOf(json: JsonObject): List<LocalLabModel>? =
    (json["models"] as? JsonArray)?.mapNotNull { (it as? JsonObject)?.let(::modelOf) }

internal fun systemOf(json: JsonObject): LocalLabSystem? {
    val gpus = when (val given = json["gpu_info"]) {
        is JsonArray -> given.filterIsInstance<JsonObject>()
        is JsonObject -> listOf(given)
        else -> emptyList()
    }
    return LocalLabSystem(
        json.number("cpu_usage") ?: return null,
        json.number("memory_usage") ?: return null,
        gpus.mapIndexed(::gpuOf),
        json.text("active_model"),
        json.number("uptime") ?: 0.0,
        json.number("request_count")?.toLong() ?: 0,
    )
}

private fun gpuOf(position: Int, json: JsonObject) = LocalLabGpu(
    json.number("index")?.toInt() ?: position,
    json.text("name").orEmpty(),
    json.number("total_memory_mb")?.toLong() ?: 0,
    json.filterValues { it != JsonNull }.mapValues { (it.value as? JsonPrimitive)?.content ?: it.value.toString() },
)

internal fun textsOf(json: JsonObject): List<String>? =
    (json["responses"] as? JsonArray)?.map { (it as? JsonPrimitive)?.contentOrNull ?: return null }

/** The server says so in a sentence, which is none of ours. */
internal fun doneOf(json: JsonObject): Unit? = if ("error" in json || "detail" in json) null else Unit

/** A word such as `success` or `healthy`. */
internal fun statusOf(json: JsonObject): String? = json.text("status")?.lowercase()

internal fun JsonObject.text(name: String): String? = (this[name] as? JsonPrimitive)?.contentOrNull

private fun JsonObject.flag(name: String): Boolean? = (this[name] as? JsonPrimitive)?.booleanOrNull

private fun JsonObject.number(name: String): Double? = (this[name] as? JsonPrimitive)?.doubleOrNull
