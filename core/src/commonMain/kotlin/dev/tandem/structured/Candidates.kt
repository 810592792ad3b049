@file:JvmName("-Candidates")

package dev.tandem.structured

import dev.tandem.schema.Schema
import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlin.jvm.JvmName

/** What may be meant in [text] that should be JSON: all of it, what is fenced, and each object or list in prose, in this order. */
internal fun candidatesIn(text: String): Sequence<JsonElement> = sequence {
    readJson(text)?.let { yield(it) }
    fencedIn(text).forEach { fenced -> readJson(fenced)?.let { yield(it) } }
    var at = 0
    var failures = 0
    while (failures < MOST_FAILURES) {
        at = text.indexOfAny(charArrayOf('{', '['), at)
        if (at < 0) return@sequence
        val end = endOf(text, at)
        val json = if (end < 0) null else readJson(text.substring(at, end))
        when {
            json != null -> yield(json).also { at = end }

            // What is cut or broken is not what was meant in parts of it.
            JSON.matchesAt(text, at) -> if (end < 0) return@sequence else at = end

            else -> at++
        }
        if (json == null) failures++
    }
}

/** What is wrong with [text], where there is no candidate in it. */
internal fun whyNoJson(text: String): String = when {
    text.isBlank() -> "there is no answer"

    text.none { it == '{' || it == '[' } -> "there is no JSON in it"

    depthOf(text) > DEEPEST -> "it is nested more than $DEEPEST levels deep"

    else -> try {
        Lenient.parseToJsonElement(text.drop(text.indexOfAny(charArrayOf('{', '['))))
        "it is no valid JSON"
    } catch (e: SerializationException) {
        "it is no valid JSON: ${e.message.orEmpty().lineSequence().first()}"
    }
}

private fun fencedIn(text: String): List<String> = text.split(FENCE).filterIndexed { i, _ -> i % 2 == 1 }.map {
    it.substringAfter('\n', it)
}

/** Null for what is none, or is nested too deep to be looked at. */
internal fun readJson(text: String): JsonElement? {
    val json = text.trim()
    if (json.isEmpty() || depthOf(json) > DEEPEST) return null
    return try {
        Lenient.parseToJsonElement(json).takeIf(::isJson)
    } catch (_: SerializationException) {
        null
    }
}

/** The parser takes any word for a value. */
private fun isJson(value: JsonElement): Boolean = when (value) {
    is JsonObject -> value.values.all(::isJson)
    is JsonArray -> value.all(::isJson)
    else -> Schema.typeOf(value) != null
}

/** Behind the bracket that closes the one at [start], -1 if there is none. */
private fun endOf(text: String, start: Int): Int {
    var depth = 0
    brackets(text, start) { at, change ->
        depth += change
        if (depth == 0) return at + 1
    }
    return -1
}

private fun depthOf(text: String): Int {
    var depth = 0
    var deepest = 0
    brackets(text, 0) { _, change ->
        depth += change
        if (depth > deepest) deepest = depth
    }
    return deepest
}

/** Those that are in no string. */
private inline fun brackets(text: String, start: Int, each: (at: Int, change: Int) -> Unit) {
    var isInText = false
    var at = start
    while (at < text.length) {
        val char = text[at]
        when {
            isInText && char == '\\' -> at++
            char == '"' -> isInText = !isInText
            isInText -> Unit
            char == '{' || char == '[' -> each(at, 1)
            char == '}' || char == ']' -> each(at, -1)
        }
        at++
    }
}

/** Models like to end a list with a comma. */
@OptIn(ExperimentalSerializationApi::class)
private val Lenient = Json {
    allowTrailingComma = true
    exceptionsWithDebugInfo = false
}

/** How an object or a list begins that is none of prose. */
private val JSON = Regex("\\{\\s*([\"']|[A-Za-z_][A-Za-z0-9_]*\\s*:)|\\[\\s*[\\[{\"]")

private const val FENCE = "```"
private const val DEEPEST = 200

/** Of brackets that begin nothing: each is looked for to the end of the text. */
private const val MOST_FAILURES = 64
