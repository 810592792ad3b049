package dev.tandem.retrieval

import java.io.ByteArrayInputStream
import java.io.ByteArrayOutputStream
import java.io.DataInputStream
import java.io.DataOutputStream

/** How the values of an index are written to its file. What it throws comes out of saving and loading as it is. */
public interface ValueFormat<T : Any> {
    /** Of what is written, [read] makes an equal value. */
    public fun write(value: T): ByteArray

    /** What [write] has written. */
    public fun read(bytes: ByteArray): T

    /** Formats of values that are common. */
    public companion object {
        /** As UTF-8. */
        @JvmField
        public val TEXT: ValueFormat<String> = object : ValueFormat<String> {
            override fun write(value: String) = value.encodeToByteArray()

            override fun read(bytes: ByteArray) = bytes.decodeToString()
        }

        /** With all that a [Chunk] says. */
        @JvmField
        public val CHUNK: ValueFormat<Chunk> = object : ValueFormat<Chunk> {
            override fun write(value: Chunk): ByteArray {
                val bytes = ByteArrayOutputStream()
                DataOutputStream(bytes).run {
                    writeInt(value.start)
                    text(value.text)
                    texts(value.metadata)
                }
                return bytes.toByteArray()
            }

            override fun read(bytes: ByteArray): Chunk = DataInputStream(ByteArrayInputStream(bytes)).run {
                val start = readInt()
                val text = text(bytes.size)
                Chunk(text, start, start + text.length, texts(bytes.size))
            }
        }
    }
}
