package dev.tandem.journal

import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import java.util.zip.CRC32

/** One line of a journal: an object whose last field tells whether all of it is there. */
internal object Line {
    private const val BEFORE_CHECK = ",\"crc\":\""
    private const val DIGITS = 8
    private const val AFTER_CHECK = "\"}"
    private const val CHECK_LENGTH = BEFORE_CHECK.length + DIGITS + AFTER_CHECK.length

    /** [json] with its check and the end of the line. */
    fun of(json: JsonObject): ByteArray {
        // Its toString makes a text of each part.
        val text = Json.encodeToString(JsonElement.serializer(), json).encodeToByteArray()
        val said = text.copyOf(text.size - 1)
        return said + "$BEFORE_CHECK${checkOf(said, said.size)}$AFTER_CHECK\n".encodeToByteArray()
    }

    /** What [line], without its end, was made of; null where it is not as it was written. */
    fun read(line: ByteArray): JsonObject? {
        val length = line.size - CHECK_LENGTH
        if (length < 1) return null
        val check = String(line, length, CHECK_LENGTH, Charsets.ISO_8859_1)
        if (check != BEFORE_CHECK + checkOf(line, length) + AFTER_CHECK) return null
        return try {
            Json.parseToJsonElement(line.decodeToString(0, length) + "}") as? JsonObject
        } catch (_: SerializationException) {
            null
        }
    }

    private fun checkOf(bytes: ByteArray, length: Int): String {
        val crc = CRC32().apply { update(bytes, 0, length) }
        return crc.value.toString(radix = 16).padStart(DIGITS, '0')
    }
}
