package dev.tandem.retrieval

import java.io.BufferedInputStream
import java.io.BufferedOutputStream
import java.io.DataInputStream
import java.io.DataOutputStream
import java.io.IOException
import java.nio.ByteBuffer
import java.nio.channels.Channels
import java.nio.file.Files
import java.nio.file.Path
import java.util.zip.CRC32C
import java.util.zip.CheckedOutputStream

/** An index as a file: a head, a row for each item with its vector at the end, and a checksum of all of it. */
internal class IndexFile(private val path: Path) {
    fun <T : Any> write(similarity: Similarity, all: Snapshot<T>, format: ValueFormat<T>) {
        val new = try {
            Beside.of(path)
        } catch (e: IOException) {
            throw IndexFileException("$path cannot be written: name a file in a folder that can", e)
        }
        try {
            new.channel.use { channel ->
                val sum = CRC32C()
                val out = DataOutputStream(BufferedOutputStream(CheckedOutputStream(Channels.newOutputStream(channel), sum), BUFFER))
                out.head(similarity, all.dimensions, all.items)
                all.forEach { segment, number, _ ->
                    val item = segment.item(number)
                    out.text(item.id)
                    out.texts(item.metadata)
                    out.bytes(format.write(item.value))
                    out.floats(segment.vector(number))
                }
                out.flush()
                out.writeLong(sum.value)
                out.flush()
                channel.force(true)
            }
            new.replace()
        } catch (e: IOException) {
            throw IndexFileException("$path cannot be written: is there room, and may this program write there?", e)
        } finally {
            new.delete()
        }
    }

    fun <T : Any> read(format: ValueFormat<T>): VectorIndex<T> = try {
        check(Files.size(path))
        open().use { input ->
            input.readLong()
            val similarity = Similarity.valueOf(input.text(MOST))
            val dimensions = input.readInt()
            val items = input.readInt()
            VectorIndex<T>(similarity).also { index ->
                repeat((items + Segment.ROWS - 1) / Segment.ROWS) { part ->
                    val vectors = ArrayList<FloatArray>()
                    val some = List(minOf(Segment.ROWS, items - part * Segment.ROWS)) {
                        val id = input.text(MOST)
                        val metadata = input.texts(MOST)
                        IndexItem(id, format.read(input.bytes(MOST)), metadata).also { vectors += input.floats(dimensions) }
                    }
                    index.restore(some, vectors)
                }
            }
        }
    } catch (e: IOException) {
        throw IndexFileException("$path cannot be read: ${e.message}", e)
    }

    /** Before anything in it is believed. */
    private fun check(size: Long) {
        val sum = CRC32C()
        open().use { input ->
            if (size < Int.SIZE_BYTES ||
                input.readInt() != MAGIC
            ) {
                throw IndexFileException("$path is no index: name a file that save wrote", null)
            }
            if (size < HEAD + Long.SIZE_BYTES) throw damaged()
            val version = input.readInt()
            if (version != VERSION) throw IndexFileException("$path has version $version, and only $VERSION is known: save it anew", null)
        }
        open().use { input ->
            val some = ByteArray(BUFFER)
            var left = size - Long.SIZE_BYTES
            while (left > 0) {
                val count = input.read(some, 0, minOf(left, some.size.toLong()).toInt())
                if (count < 0) throw damaged()
                sum.update(some, 0, count)
                left -= count
            }
            if (input.readLong() != sum.value) throw damaged()
        }
    }

    private fun open() = DataInputStream(BufferedInputStream(Files.newInputStream(path), BUFFER))

    private fun damaged() = IndexFileException("$path is cut off or changed, as its checksum says: make the index and save it anew", null)

    private fun DataOutputStream.head(similarity: Similarity, dimensions: Int, items: Int) {
        writeInt(MAGIC)
        writeInt(VERSION)
        text(similarity.name)
        writeInt(dimensions)
        writeInt(items)
    }

    private fun DataOutputStream.floats(vector: FloatArray) {
        val bytes = ByteBuffer.allocate(vector.size * Float.SIZE_BYTES)
        bytes.asFloatBuffer().put(vector)
        write(bytes.array())
    }

    private fun DataInputStream.floats(dimensions: Int): FloatArray {
        val bytes = ByteArray(dimensions * Float.SIZE_BYTES).also(::readFully)
        return FloatArray(dimensions).also { ByteBuffer.wrap(bytes).asFloatBuffer().get(it) }
    }

    private companion object {
        /** TVEC */
        const val MAGIC = 0x54564543
        const val VERSION = 1
        const val BUFFER = 1 shl 16
        const val HEAD = 2 * Int.SIZE_BYTES
        const val MOST = Int.MAX_VALUE
    }
}
