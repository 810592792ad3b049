package dev.tandem.llama

import java.nio.ByteBuffer
import java.nio.ByteOrder

/** The bundled weights under a name that says nothing. */
internal fun renamed(): ByteArray = bundledBytes.copyOf().also { bytes ->
    val key = "general.name".toByteArray()
    val at = bytes.indices.first { start -> key.indices.all { bytes[start + it] == key[it] } }
    // Over the value: type and length lie between.
    "copied".toByteArray().copyInto(bytes, at + key.size + Int.SIZE_BYTES + Long.SIZE_BYTES)
}

/** The bundled weights with a chat template of their own; padded so that all that follows stays aligned. */
internal fun withTemplate(template: String): ByteArray {
    val key = "tokenizer.chat_template".toByteArray()
    val overhead = Long.SIZE_BYTES + key.size + Int.SIZE_BYTES + Long.SIZE_BYTES
    val value = template.toByteArray().let {
        it +
            ByteArray((ALIGNMENT - (overhead + it.size) % ALIGNMENT) % ALIGNMENT) { ' '.code.toByte() }
    }
    val entry = ByteBuffer.allocate(overhead + value.size).order(ByteOrder.LITTLE_ENDIAN)
    entry
        .putLong(key.size.toLong())
        .put(key)
        .putInt(STRING)
        .putLong(value.size.toLong())
        .put(value)
    val head = bundledBytes.copyOf(COUNTS_END)
    head[VALUE_COUNT]++
    return head + entry.array() + bundledBytes.copyOfRange(COUNTS_END, bundledBytes.size)
}

private const val ALIGNMENT = 32
private const val STRING = 8
private const val VALUE_COUNT = 16
private const val COUNTS_END = 24
