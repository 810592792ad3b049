@file:JvmName("-MediaBodies")

package dev.tandem.provider.openai

import dev.tandem.model.ImageRequest
import dev.tandem.model.MediaRequest
import dev.tandem.model.ModerationRequest
import dev.tandem.model.Part
import dev.tandem.model.SpeechRequest
import dev.tandem.model.TranscriptionRequest
import dev.tandem.model.objectOf
import dev.tandem.provider.http.Form
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlin.jvm.JvmName

/** What the user named in `extra` has the last word. */
internal fun bodyOf(request: MediaRequest, usualVoice: String?): JsonObject =
    JsonObject(objectOf("model" to request.options.model) + fieldsOf(request, usualVoice) + request.options.extra)

private fun fieldsOf(request: MediaRequest, usualVoice: String?): JsonObject = when (request) {
    is ImageRequest -> objectOf(
        "prompt" to request.prompt,
        // Some servers know no other number, and no such field.
        "n" to request.count.takeIf { it != 1 },
        "size" to request.size,
        "quality" to request.quality,
        "background" to request.background,
        "output_format" to request.format,
        "user" to request.options.user,
    )

    is SpeechRequest -> objectOf(
        "input" to request.text,
        "voice" to (request.voice ?: usualVoice),
        "response_format" to request.format,
        "speed" to request.speed,
        "instructions" to request.instructions,
    )

    is ModerationRequest -> objectOf(
        "input" to if (request.hasImages) request.inputs.map { partOf(it, "") } else request.inputs.map { (it as Part.Text).text },
    )

    is TranscriptionRequest -> objectOf(
        // A translation is always into English, of whatever is heard.
        "language" to request.language.takeIf { !request.isTranslated },
        "prompt" to request.prompt,
        "temperature" to request.temperature,
        "response_format" to if (request.hasSegments || request.hasWords) "verbose_json" else "json",
        "timestamp_granularities[]" to listOfNotNull(
            "segment".takeIf { request.hasSegments && !request.isTranslated },
            "word".takeIf { request.hasWords && !request.isTranslated },
        ),
    )
}

/** In a form a list is several fields of one name. */
internal fun formOf(request: TranscriptionRequest): Form {
    val fields = bodyOf(request, null).flatMap { (name, value) -> (value as? JsonArray ?: listOf(value)).map { name to it } }
    return Form(
        fields.map { (name, value) -> name to if (value is JsonPrimitive) value.content else value.toString() },
        request.fileName,
        request.mediaType,
        request.audio,
    )
}
