package dev.tandem.cache

import dev.tandem.platform.platform

/** One thing after the other, each with its length before it: two texts are the same only if all their parts are. */
internal class KeyText {
    private val text = StringBuilder(ROOMY)

    fun add(part: Any?): KeyText = apply {
        if (part == null) {
            text.append('-')
        } else {
            val said = part.toString()
            text.append(said.length).append(':').append(said)
        }
    }

    inline fun <T> all(parts: Collection<T>, each: KeyText.(T) -> Unit): KeyText = apply {
        add(parts.size)
        for (part in parts) each(part)
    }

    fun digest(): String {
        val bytes = platform.sha256(text.toString().encodeToByteArray())
        return buildString(
            2 * bytes.size,
        ) { for (byte in bytes) append(HEX[(byte.toInt() shr 4) and 0xF]).append(HEX[byte.toInt() and 0xF]) }
    }

    private companion object {
        /** For most. */
        const val ROOMY = 256
        const val HEX = "0123456789abcdef"
    }
}
