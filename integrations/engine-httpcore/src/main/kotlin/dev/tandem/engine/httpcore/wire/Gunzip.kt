package dev.tandem.engine.httpcore.wire

import java.util.zip.CRC32
import java.util.zip.Inflater
import java.util.zip.ZipException

/** Undoes gzip piece by piece: what a server has flushed comes out at once, not when a buffer is full. */
internal class Gunzip {
    private enum class Part { HEAD, EXTRA, NAME, COMMENT, CHECK, DATA, TAIL, DONE }

    private val inflater = Inflater(true)
    private val out = ByteArray(OUT_BYTES)
    private val checksum = CRC32()
    private var plainBytes = 0L

    /** What the end says: the checksum, and above it the length. */
    private var said = 0L
    private var part = Part.HEAD
    private var flags = 0

    /** Bytes of this part seen, and how many it has where that is known. */
    private var seen = 0
    private var length = HEAD_BYTES

    /** Nothing is missing. */
    val isWhole: Boolean get() = part == Part.DONE

    /** Hands what is in these bytes to [give]. */
    fun take(bytes: ByteArray, from: Int, to: Int, give: (ByteArray, Int) -> Unit) {
        var at = from
        while (at < to && part != Part.DONE) at = if (part == Part.DATA) inflate(bytes, at, to, give) else wrapping(bytes, at)
    }

    private inline fun inflate(bytes: ByteArray, from: Int, to: Int, give: (ByteArray, Int) -> Unit): Int {
        inflater.setInput(bytes, from, to - from)
        while (true) {
            val count = inflater.inflate(out)
            if (count > 0) {
                checksum.update(out, 0, count)
                plainBytes += count
                give(out, count)
            } else if (!inflater.finished() && !inflater.needsDictionary()) {
                break
            }
            if (inflater.needsDictionary()) throw ZipException("the gzip body asks for a dictionary")
            if (inflater.finished()) {
                enter(Part.TAIL, TAIL_BYTES)
                break
            }
        }
        return to - inflater.remaining
    }

    /** Reads one byte of what is around the data, which is short. */
    private fun wrapping(bytes: ByteArray, at: Int): Int {
        val byte = bytes[at].toInt() and BYTE
        seen++
        when (part) {
            Part.HEAD -> head(byte)
            Part.EXTRA -> extra(byte)
            Part.NAME, Part.COMMENT -> if (byte == 0) enterAfter(part)
            Part.CHECK -> if (seen == length) enterAfter(part)
            else -> tail(byte)
        }
        return at + 1
    }

    private fun head(byte: Int) {
        val isRight = when (seen) {
            1 -> byte == MAGIC_1
            2 -> byte == MAGIC_2
            METHOD_AT -> byte == DEFLATE
            else -> true
        }
        if (!isRight) throw ZipException("the body is said to be gzip, but is not")
        if (seen == FLAGS_AT) flags = byte
        if (seen == HEAD_BYTES) enterAfter(part)
    }

    private fun extra(byte: Int) {
        if (seen == 1) length = byte
        if (seen == 2) length += (byte shl Byte.SIZE_BITS) + 2
        if (seen >= 2 && seen == length) enterAfter(part)
    }

    /** The next part that the flags announce. */
    private fun enterAfter(done: Part) = when {
        done < Part.EXTRA && flags and EXTRA != 0 -> enter(Part.EXTRA, Int.MAX_VALUE)
        done < Part.NAME && flags and NAME != 0 -> enter(Part.NAME, Int.MAX_VALUE)
        done < Part.COMMENT && flags and COMMENT != 0 -> enter(Part.COMMENT, Int.MAX_VALUE)
        done < Part.CHECK && flags and CHECK != 0 -> enter(Part.CHECK, 2)
        else -> enter(Part.DATA, Int.MAX_VALUE)
    }

    private fun enter(part: Part, length: Int) {
        this.part = part
        this.length = length
        seen = 0
    }

    private fun tail(byte: Int) {
        said = said or (byte.toLong() shl (seen - 1) * Byte.SIZE_BITS)
        if (seen < length) return
        if (said != (checksum.value or (plainBytes shl Int.SIZE_BITS))) throw ZipException("the gzip body is not what its checksum says")
        part = Part.DONE
        inflater.end()
    }

    private companion object {
        const val OUT_BYTES = 16 * 1024
        const val BYTE = 0xFF
        const val HEAD_BYTES = 10
        const val TAIL_BYTES = 8
        const val MAGIC_1 = 0x1F
        const val MAGIC_2 = 0x8B
        const val METHOD_AT = 3
        const val DEFLATE = 8
        const val FLAGS_AT = 4
        const val CHECK = 0x02
        const val EXTRA = 0x04
        const val NAME = 0x08
        const val COMMENT = 0x10
    }
}
