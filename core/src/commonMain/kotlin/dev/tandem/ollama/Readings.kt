@file:JvmName("-Readings")

package dev.tandem.ollama

import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.doubleOrNull
import kotlin.jvm.JvmName

internal fun modelOf(json: JsonObject): OllamaModel {
    val details = json["details"] as? JsonObject ?: JsonObject(emptyMap())
    return OllamaModel(
        json.text("name") ?: json.text("model").orEmpty(),
        json.bytes("size") ?: 0,
        json.text("digest").orEmpty(),
        details.text("family").orEmpty(),
        details.text("parameter_size").orEmpty(),
        details.text("quantization_level").orEmpty(),
    )
}

internal fun progressOf(json: JsonObject) =
    PullProgress(json.text("status").orEmpty(), json.text("digest"), json.bytes("total"), json.bytes("completed"))

private fun JsonObject.text(name: String): String? = (this[name] as? JsonPrimitive)?.contentOrNull

private fun JsonObject.bytes(name: String): Long? = (this[name] as? JsonPrimitive)?.doubleOrNull?.toLong()
