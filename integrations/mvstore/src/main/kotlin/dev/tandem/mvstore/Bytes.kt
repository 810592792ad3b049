package dev.tandem.mvstore

import org.h2.mvstore.DataUtils
import org.h2.mvstore.WriteBuffer
import org.h2.mvstore.type.BasicDataType
import java.nio.ByteBuffer
import java.util.Arrays

/** Bytes as keys and values. MVStore's own type believes any length that a damaged file tells, and takes the memory for it. */
internal object Bytes : BasicDataType<ByteArray>() {
    override fun getMemory(value: ByteArray): Int = OVERHEAD + value.size

    override fun compare(a: ByteArray, b: ByteArray): Int = Arrays.compareUnsigned(a, b)

    override fun write(buffer: WriteBuffer, value: ByteArray) {
        buffer.putVarInt(value.size).put(value)
    }

    override fun read(buffer: ByteBuffer): ByteArray {
        val size = DataUtils.readVarInt(buffer)
        if (size !in 0..buffer.remaining()) throw DamagedException("$size bytes where ${buffer.remaining()} are left")
        return ByteArray(size).also(buffer::get)
    }

    override fun createStorage(size: Int): Array<ByteArray?> = arrayOfNulls(size)

    private const val OVERHEAD = 24
}
