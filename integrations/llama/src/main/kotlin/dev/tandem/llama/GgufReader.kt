package dev.tandem.llama

import java.io.EOFException
import java.io.InputStream
import java.nio.ByteBuffer
import java.nio.ByteOrder

/** The little-endian values of a GGUF file. Never believes a length that goes beyond the end of the file. */
internal class GgufReader(private val input: InputStream, private var remaining: Long) {
    fun u32(): Long = number(Int.SIZE_BYTES).getInt().toUInt().toLong()

    fun u64(): Long = number(Long.SIZE_BYTES).getLong()

    /** How many things follow, of a byte or more each. */
    fun count(): Long = u64().also { if (it !in 0..remaining) throw EOFException(CUT) }

    fun string(): String = String(bytes(count()), Charsets.UTF_8)

    fun skip(count: Long) {
        claim(count)
        var left = count
        while (left > 0) left -= input.skip(left).also { if (it <= 0) throw EOFException(CUT) }
    }

    private fun number(size: Int): ByteBuffer = ByteBuffer.wrap(bytes(size.toLong())).order(ByteOrder.LITTLE_ENDIAN)

    private fun bytes(count: Long): ByteArray {
        claim(count)
        return input.readNBytes(Math.toIntExact(count)).also { if (it.size < count) throw EOFException(CUT) }
    }

    private fun claim(count: Long) {
        if (count !in 0..remaining) throw EOFException(CUT)
        remaining -= count
    }

    private companion object {
        const val CUT = "it ends inside its header"
    }
}
