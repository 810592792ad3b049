package dev.tandem.transport

/** Bytes that come again and again. Copying them and comparing whole arrays is what machines do fast. */
internal class SameBytes private constructor(private val bytes: ByteArray) {
    private val copy = bytes.copyOf()

    constructor(bytes: ByteArray, from: Int, to: Int) : this(bytes.copyOfRange(from, to))

    val size: Int get() = bytes.size

    /** Whether they are in [buffer] at [from], where there must be as many. */
    fun isAt(buffer: ByteArray, from: Int): Boolean {
        buffer.copyInto(copy, 0, from, from + copy.size)
        return copy.contentEquals(bytes)
    }

    /** Whether what is in [buffer] from [from] to [to] is how they begin. */
    fun mayBeginAt(buffer: ByteArray, from: Int, to: Int): Boolean = (0 until to - from).all { buffer[from + it] == bytes[it] }

    companion object {
        val NONE = SameBytes(ByteArray(0))
    }
}
