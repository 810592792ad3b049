package dev.tandem.mvstore

import java.nio.ByteBuffer

/** An entry's place in the order of age: all that is to be known of it to let it go, without reading it. */
internal class Place(val end: Long, val bytes: Int, val key: ByteArray) {
    fun toBytes(): ByteArray = ByteArray(HEAD + key.size).also {
        ByteBuffer
            .wrap(it)
            .putLong(end)
            .putInt(bytes)
            .put(key)
    }

    companion object {
        private const val HEAD = Long.SIZE_BYTES + Int.SIZE_BYTES

        fun of(bytes: ByteArray): Place {
            if (bytes.size < HEAD) throw DamagedException("a place of ${bytes.size} bytes")
            val buffer = ByteBuffer.wrap(bytes)
            return Place(buffer.getLong(), buffer.getInt(), bytes.copyOfRange(HEAD, bytes.size))
        }
    }
}
