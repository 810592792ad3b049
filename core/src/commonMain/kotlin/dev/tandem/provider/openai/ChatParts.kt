@file:JvmName("-ChatParts")

package dev.tandem.provider.openai

import dev.tandem.model.Part
import dev.tandem.model.objectOf
import dev.tandem.provider.http.notSupported
import dev.tandem.provider.json.DataUrl
import kotlinx.serialization.json.JsonObject
import kotlin.jvm.JvmName

internal fun partOf(part: Part, provider: String): JsonObject = when (part) {
    is Part.Text -> objectOf("type" to "text", "text" to part.text)
    is Part.Image -> objectOf("type" to "image_url", "image_url" to objectOf("url" to part.url))
    is Part.Audio -> objectOf("type" to "input_audio", "input_audio" to audioOf(part, provider))
    is Part.File -> objectOf("type" to "file", "file" to fileOf(part, provider))
}

private fun audioOf(audio: Part.Audio, provider: String): JsonObject {
    val data = DataUrl.of(audio.url)
    val format = when (data?.mediaType) {
        "audio/wav" -> "wav"
        "audio/mpeg" -> "mp3"
        else -> throw notSupported(provider, "$audio is not taken: send wav or mp3, by Part.Audio.of(bytes), or have it transcribed")
    }
    return objectOf("data" to data.base64, "format" to format)
}

private fun fileOf(file: Part.File, provider: String): JsonObject = when {
    file.id != null -> objectOf("file_id" to file.id)

    file.url?.startsWith("data:application/pdf") == true -> objectOf("filename" to file.name, "file_data" to file.url)

    else -> throw notSupported(
        provider,
        "$file is not taken: send the bytes of a PDF, or the text of a file as Part.Text, or use responses(), which take more",
    )
}
