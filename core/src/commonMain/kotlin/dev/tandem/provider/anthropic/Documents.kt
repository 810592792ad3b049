@file:JvmName("-Documents")

package dev.tandem.provider.anthropic

import dev.tandem.model.Part
import dev.tandem.model.objectOf
import dev.tandem.provider.http.notSupported
import dev.tandem.provider.json.DataUrl
import kotlinx.serialization.json.JsonObject
import kotlin.io.encoding.Base64
import kotlin.jvm.JvmName

/** A PDF as it is, a text as text: of other files Anthropic makes nothing. */
internal fun documentOf(file: Part.File): JsonObject =
    objectOf("type" to "document", "source" to sourceOf(file), "title" to file.name.ifEmpty { null })

private fun sourceOf(file: Part.File): JsonObject {
    val url = file.url ?: return sourceOf("file", "file_id", file.id.orEmpty())
    if (!url.startsWith("data:")) return sourceOf("url", "url", url)
    val data = DataUrl.of(url)
    return when {
        data?.mediaType == PDF -> {
            sourceOf("base64", "data", data.base64, PDF)
        }

        data?.mediaType?.startsWith("text/") == true -> {
            sourceOf("text", "data", Base64.decode(data.base64).decodeToString(), "text/plain")
        }

        else -> {
            throw notSupported(AnthropicTarget.NAME, "$file is not taken: send a PDF, a text, or what the file says as Part.Text")
        }
    }
}

internal fun sourceOf(type: String, field: String, value: String, mediaType: String? = null): JsonObject =
    objectOf("type" to type, "media_type" to mediaType, field to value)

private const val PDF = "application/pdf"
