@file:JvmName("-Fields")

package dev.tandem.batch.provider

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.longOrNull
import kotlin.jvm.JvmName

internal fun JsonObject.textOrNull(name: String): String? = (this[name] as? JsonPrimitive)?.contentOrNull?.ifEmpty { null }

internal fun JsonObject.numberOrNull(name: String): Long? = (this[name] as? JsonPrimitive)?.longOrNull

internal fun JsonObject.objectOrNull(name: String): JsonObject? = this[name] as? JsonObject

internal fun JsonObject.text(name: String): String = requireNotNull(textOrNull(name)) { "it has no '$name'" }

internal fun JsonObject.number(name: String): Long = requireNotNull(numberOrNull(name)) { "it has no number '$name'" }

internal fun objectIn(text: String): JsonObject? = runCatching { Json.parseToJsonElement(text) as? JsonObject }.getOrNull()

/** What [read] makes of [json], or the exception that says why it is no such [what]. */
internal inline fun <T> fieldsIn(what: String, json: String, read: JsonObject.() -> T): T = try {
    requireNotNull(objectIn(json)) { "it is no JSON object" }.read()
} catch (e: IllegalArgumentException) {
    throw IllegalArgumentException("this is no saved $what, ${e.message}: ${json.take(SHOWN)}", e)
}

internal const val SHOWN = 200
