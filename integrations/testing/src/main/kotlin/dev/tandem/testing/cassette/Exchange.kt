package dev.tandem.testing.cassette

import kotlinx.serialization.Serializable
import java.util.Base64

/** A line of a cassette: what was asked, and what came. */
@Serializable
internal class Exchange(val method: String, val path: String, val asked: Body, val answer: Answer) {
    @Serializable
    internal class Answer(
        val status: Int,
        val headers: Map<String, List<String>>,
        /** As they came, one after the other. */
        val pieces: List<Body>,
        /** Whether it came to its end: else it ends where nobody wanted more of it, or no more came. For whoever reads the file. */
        val isWhole: Boolean,
    )

    /** Bytes: readable where they are text. */
    @Serializable
    internal class Body(val text: String? = null, val base64: String? = null) {
        fun bytes(): ByteArray = text?.encodeToByteArray() ?: Base64.getDecoder().decode(base64.orEmpty())

        companion object {
            fun of(bytes: ByteArray): Body {
                val text = runCatching { bytes.decodeToString(throwOnInvalidSequence = true) }.getOrNull()
                return if (text == null) Body(base64 = Base64.getEncoder().encodeToString(bytes)) else Body(text = text)
            }
        }
    }
}
