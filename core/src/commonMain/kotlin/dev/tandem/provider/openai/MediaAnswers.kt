@file:JvmName("-MediaAnswers")

package dev.tandem.provider.openai

import dev.tandem.error.MalformedResponseException
import dev.tandem.model.ImageRequest
import dev.tandem.model.ImageResponse
import dev.tandem.model.MediaRequest
import dev.tandem.model.Moderation
import dev.tandem.model.ModerationRequest
import dev.tandem.model.SpeechRequest
import dev.tandem.model.Transcription
import dev.tandem.model.TranscriptionRequest
import dev.tandem.model.Usage
import dev.tandem.model.sniffed
import dev.tandem.provider.http.Pages.Companion.text
import dev.tandem.provider.json.usageOf
import dev.tandem.transport.Answer
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.booleanOrNull
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.doubleOrNull
import kotlin.io.encoding.Base64
import kotlin.jvm.JvmName
import kotlin.math.roundToLong

/** What [json] means, where all that [answer] says is in it. */
internal fun answerOf(json: JsonObject, answer: Answer, request: MediaRequest): Any = when (request) {
    is ImageRequest -> imagesOf(json, answer, request)
    is TranscriptionRequest -> transcriptionOf(json, answer, request)
    is ModerationRequest -> moderationOf(json, answer, request)
    is SpeechRequest -> error("speech is no JSON")
}

private fun imagesOf(json: JsonObject, answer: Answer, request: ImageRequest): ImageResponse {
    val format = json.text("output_format") ?: request.format
    val images = itemsOf(json, "data") { imageOf(it, format, answer) }
    if (images.isEmpty()) throw malformed(answer, "the answer holds no image", null)
    return ImageResponse(json.text("model") ?: request.options.model.orEmpty(), images, mediaUsage(json))
}

private fun imageOf(json: JsonObject, format: String?, answer: Answer): ImageResponse.Image? {
    val bytes = try {
        json.text("b64_json")?.let { Base64.decode(it) }
    } catch (e: IllegalArgumentException) {
        throw malformed(answer, "an image is no base64", e)
    }
    val url = json.text("url")
    if (bytes == null && url == null) return null
    val type = bytes?.let { sniffed(it) } ?: format?.let { "image/$it" }
    return ImageResponse.Image(bytes, url, type, json.text("revised_prompt"))
}

private fun transcriptionOf(json: JsonObject, answer: Answer, request: TranscriptionRequest): Transcription = Transcription(
    (json["text"] as? JsonPrimitive)?.contentOrNull ?: throw malformed(answer, "the text is none", null),
    json.text("language"),
    json.millis("duration"),
    if (request.hasSegments) itemsOf(json, "segments") { spanOf(it) } else emptyList(),
    if (request.hasWords) itemsOf(json, "words") { spanOf(it) } else emptyList(),
    mediaUsage(json),
)

/** A passage or a word. */
private fun spanOf(json: JsonObject) =
    Transcription.Span((json.text("word") ?: json.text("text").orEmpty()).trim(), json.millis("start") ?: 0, json.millis("end") ?: 0)

/** Seconds come as numbers, by some as text. */
private fun JsonObject.millis(name: String): Long? = number(this[name])?.let { (it * 1000).roundToLong() }

private fun moderationOf(json: JsonObject, answer: Answer, request: ModerationRequest): Moderation {
    val results = itemsOf(json, "results") { resultOf(it) }
    val expected = if (request.hasImages) 1 else request.inputs.size
    if (results.size != expected) throw malformed(answer, "asked for $expected results, but got ${results.size}", null)
    return Moderation(json.text("model") ?: request.options.model.orEmpty(), results)
}

private fun resultOf(json: JsonObject): Moderation.Result {
    val categories = mutableSetOf<String>()
    val scores = mutableMapOf<String, Double>()
    (json["categories"] as? JsonObject)?.forEach { (name, isFound) -> if (isTrue(isFound)) categories += name }
    (json["category_scores"] as? JsonObject)?.forEach { (name, score) -> number(score)?.let { scores[name] = it } }
    // Some leave the sum of it to the reader.
    return Moderation.Result(json["flagged"]?.let { isTrue(it) } ?: categories.isNotEmpty(), categories, scores)
}

private fun isTrue(json: JsonElement) = (json as? JsonPrimitive)?.booleanOrNull == true

private fun number(json: JsonElement?) = (json as? JsonPrimitive)?.doubleOrNull

private fun <T : Any> itemsOf(json: JsonObject, list: String, read: (JsonObject) -> T?): List<T> =
    (json[list] as? JsonArray).orEmpty().mapNotNull { item -> (item as? JsonObject)?.let(read) }

/** Some count seconds instead, which are no tokens. */
private fun mediaUsage(json: JsonObject): Usage = usageOf(json["usage"], "input", "output") ?: Usage.NONE

private fun malformed(answer: Answer, what: String, cause: Throwable?) =
    MalformedResponseException("${answer.provider}: $what", answer.details().build(), cause)
