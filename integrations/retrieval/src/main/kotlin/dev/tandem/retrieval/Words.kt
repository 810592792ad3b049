@file:JvmName("-Words")

package dev.tandem.retrieval

import java.io.DataInputStream
import java.io.DataOutputStream
import java.io.EOFException

/** Its length, then it. */
internal fun DataOutputStream.bytes(bytes: ByteArray) {
    writeInt(bytes.size)
    write(bytes)
}

internal fun DataOutputStream.text(text: String): Unit = bytes(text.encodeToByteArray())

internal fun DataOutputStream.texts(texts: Map<String, String>) {
    writeInt(texts.size)
    texts.forEach { (name, value) ->
        text(name)
        text(value)
    }
}

/** A damaged file may tell any length: no memory is taken for one that is longer than [most]. */
internal fun DataInputStream.bytes(most: Int): ByteArray {
    val size = readInt()
    if (size !in 0..most) throw EOFException("$size bytes where at most $most are left")
    return ByteArray(size).also(::readFully)
}

internal fun DataInputStream.text(most: Int): String = bytes(most).decodeToString()

internal fun DataInputStream.texts(most: Int): Map<String, String> {
    val size = readInt()
    if (size !in 0..most / (2 * Int.SIZE_BYTES)) throw EOFException("$size texts where at most $most bytes are left")
    return buildMap(size) { repeat(size) { put(text(most), text(most)) } }
}
