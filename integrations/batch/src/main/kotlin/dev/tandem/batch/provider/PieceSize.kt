package dev.tandem.batch.provider

import kotlin.jvm.JvmField
import kotlin.jvm.JvmStatic

/**
 * The most that goes into one batch. Its results come as a whole, and take about as much memory as its requests and answers are long.
 *
 * @property requests how many, at least 1.
 * @property bytes of all requests together, at least 1. A single one that is longer goes alone.
 */
public class PieceSize private constructor(public val requests: Int, public val bytes: Long) {
    internal fun atMost(other: PieceSize) = PieceSize(minOf(requests, other.requests), minOf(bytes, other.bytes))

    override fun toString(): String = "PieceSize($requests requests, $bytes bytes)"

    public companion object {
        /** Small enough to be held in memory, and large enough for a million requests in 500 batches. */
        @JvmField
        public val DEFAULT: PieceSize = PieceSize(2_000, 16L * 1024 * 1024)

        /** Each at least 1; the provider's own limits hold besides. */
        @JvmStatic
        public fun of(requests: Int, bytes: Long): PieceSize {
            require(requests >= 1) { "a piece needs room for at least 1 request, but has it for $requests" }
            require(bytes >= 1) { "a piece needs room for at least 1 byte, but has it for $bytes" }
            return PieceSize(requests, bytes)
        }
    }
}

/** What has been put together so far. */
internal class Piece<T> {
    var items = mutableListOf<T>()
        private set
    private var bytes = 0L

    fun hasRoom(more: Int, limit: PieceSize) = items.isEmpty() || bytes + more <= limit.bytes

    fun add(item: T, size: Int) {
        items += item
        bytes += size
    }

    /** All of it; the next one begins. */
    fun taken(): List<T> = items.also {
        items = mutableListOf()
        bytes = 0
    }
}
