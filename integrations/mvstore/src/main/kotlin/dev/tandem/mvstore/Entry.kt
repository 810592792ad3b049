package dev.tandem.mvstore

import java.nio.ByteBuffer
import java.util.zip.CRC32C

/** What is kept under a key: a check sum over all of it, its place by age, when its time is over, and the answer. */
internal class Entry private constructor(val number: Long, val end: Long, private val bytes: ByteArray) {
    fun value(): ByteArray = bytes.copyOfRange(HEAD, bytes.size)

    companion object {
        private const val HEAD = Int.SIZE_BYTES + 2 * Long.SIZE_BYTES

        /** MVStore has check sums for its own pages' heads, but none for what they hold. */
        fun of(key: ByteArray, bytes: ByteArray): Entry {
            if (bytes.size < HEAD) throw DamagedException("an entry of ${bytes.size} bytes")
            val buffer = ByteBuffer.wrap(bytes)
            if (buffer.getInt() != sumOf(key, bytes)) throw DamagedException("an entry has another check sum")
            return Entry(buffer.getLong(), buffer.getLong(), bytes)
        }

        fun bytesOf(key: ByteArray, number: Long, end: Long, value: ByteArray): ByteArray {
            val bytes = ByteArray(HEAD + value.size)
            ByteBuffer
                .wrap(bytes)
                .putInt(0)
                .putLong(number)
                .putLong(end)
                .put(value)
            ByteBuffer.wrap(bytes).putInt(sumOf(key, bytes))
            return bytes
        }

        private fun sumOf(key: ByteArray, bytes: ByteArray): Int = CRC32C().run {
            update(key)
            update(bytes, Int.SIZE_BYTES, bytes.size - Int.SIZE_BYTES)
            value.toInt()
        }
    }
}
