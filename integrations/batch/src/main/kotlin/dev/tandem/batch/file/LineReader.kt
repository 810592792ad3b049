package dev.tandem.batch.file

import java.io.BufferedInputStream
import java.io.ByteArrayOutputStream
import java.io.InputStream
import java.nio.ByteBuffer
import java.nio.charset.CharacterCodingException

/** The lines of a text in UTF-8, whatever ends them. One that is none is told as such, and none is too long to go on after it. */
internal class LineReader(input: InputStream, private val longest: Int = LONGEST) : AutoCloseable {
    private val input = BufferedInputStream(input, BUFFER)
    private val bytes = ByteArrayOutputStream()
    private var isFirst = true

    sealed class Line {
        class Text(val text: String) : Line()

        class Bad(val problem: String) : Line()
    }

    /** Null at the end. */
    fun next(): Line? {
        bytes.reset()
        var isTooLong = false
        var read = 0L
        while (true) {
            val byte = input.read()
            if (byte >= 0) read++
            if (byte < 0 || byte == '\n'.code) break
            if (bytes.size() < longest) bytes.write(byte) else isTooLong = true
        }
        if (read == 0L) return null
        if (isTooLong) return Line.Bad("is longer than $longest bytes")
        return try {
            Line.Text(textOf(bytes.toByteArray()))
        } catch (_: CharacterCodingException) {
            Line.Bad("is not UTF-8")
        }
    }

    override fun close(): Unit = input.close()

    private fun textOf(bytes: ByteArray): String {
        val text = Charsets.UTF_8
            .newDecoder()
            .decode(ByteBuffer.wrap(bytes))
            .toString()
            .removeSuffix("\r")
        return if (isFirst) text.removePrefix("\ufeff").also { isFirst = false } else text
    }

    private companion object {
        const val BUFFER = 64 * 1024
        const val LONGEST = 64 * 1024 * 1024
    }
}
