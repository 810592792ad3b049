package dev.tandem.retrieval.split

import dev.tandem.accounting.TokenCounter

/** How long a piece may be, by chars or by tokens, and how much of the piece before it is said again in it. */
public class ChunkSize private constructor(
    /** The longest that a piece may be, at least 1. */
    public val max: Int,
    /** From 0, and less than [max]. */
    public val overlap: Int,
    private val counter: TokenCounter?,
    private val model: String?,
) {
    init {
        require(max >= 1) { "a piece must have room for at least 1, but max is $max" }
        require(overlap in 0 until max) { "overlap must be from 0 to ${max - 1}, which is less than max, but is $overlap" }
    }

    /** So much, at most, of the end of each piece is the beginning of the next one. */
    public fun overlap(overlap: Int): ChunkSize = ChunkSize(max, overlap, counter, model)

    /** Of [text] from [start] to [end]. */
    internal fun of(text: String, start: Int, end: Int): Int =
        if (counter == null) end - start else counter.count(text.substring(start, end), model)

    override fun toString(): String = "ChunkSize($max ${if (counter == null) "chars" else "tokens"}, overlap $overlap)"

    public companion object {
        /** As `String.length` counts. */
        @JvmStatic
        public fun chars(max: Int): ChunkSize = ChunkSize(max, 0, null, null)

        /** As [TokenCounter.ESTIMATE] counts. */
        @JvmStatic
        public fun tokens(max: Int): ChunkSize = ChunkSize(max, 0, TokenCounter.ESTIMATE, null)

        /** As [counter] counts for [model]. */
        @JvmStatic
        public fun tokens(max: Int, counter: TokenCounter, model: String?): ChunkSize = ChunkSize(max, 0, counter, model)
    }
}
