package dev.tandem.provider

import dev.tandem.error.ErrorDetails
import dev.tandem.error.NotSupportedException
import dev.tandem.model.Part

/** An image that travels in the request: `data:image/png;base64,…`. */
internal class DataUrl private constructor(val mediaType: String, val base64: String) {
    companion object {
        private val SHAPE = Regex("data:([\\w.+-]+/[\\w.+-]+)(?:;[\\w.+-]+=[^;,]*)*;base64,", RegexOption.IGNORE_CASE)

        /** Null for an address. Refuses what [provider] could make nothing of. */
        fun of(image: Part.Image, provider: String): DataUrl? {
            if (!image.url.startsWith("data:")) return null
            val head = SHAPE.matchAt(image.url, 0)
                ?: throw refusal(image, provider, "data: URLs in the form data:image/png;base64,…")
            return DataUrl(head.groupValues[1], image.url.substring(head.range.last + 1))
        }

        fun refusal(image: Part.Image, provider: String, accepted: String) = NotSupportedException(
            "$provider takes images as $accepted, not $image",
            ErrorDetails.builder().provider(provider).build(),
        )
    }
}
