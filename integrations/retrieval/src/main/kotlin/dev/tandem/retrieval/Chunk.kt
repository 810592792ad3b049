package dev.tandem.retrieval

/**
 * A piece of a text, and where it stands there.
 *
 * @property text the piece itself.
 * @property start where it begins in the whole, from 0, in chars.
 * @property end where it ends, which is not a part of it any more.
 */
public class Chunk(public val text: String, public val start: Int, public val end: Int, metadata: Map<String, String>) {
    /** What the piece alone does not say, such as the [HEADINGS] above it. Not to be changed. */
    public val metadata: Map<String, String> = java.util.Collections.unmodifiableMap(LinkedHashMap(metadata))

    init {
        require(start >= 0 && end - start == text.length) { "from $start to $end are not the ${text.length} chars of the text" }
    }

    /** The same piece with [more] said of it. */
    public fun withMetadata(more: Map<String, String>): Chunk = Chunk(text, start, end, metadata + more)

    override fun equals(other: Any?): Boolean = other is Chunk && start == other.start && text == other.text && metadata == other.metadata

    override fun hashCode(): Int = 31 * text.hashCode() + start

    override fun toString(): String = "Chunk($start to $end, $metadata)"

    public companion object {
        /** Of a piece of Markdown: the headings it stands under, outermost first, as `Guide > Setup`. */
        public const val HEADINGS: String = "headings"

        /** Of an item that [items] makes: the document it is from. */
        public const val DOCUMENT: String = "document"

        /**
         * For an index: each piece of a document by the document's name and its own number, as `guide.md#3`. Of a document that has
         * become shorter, the last pieces would stay: before it is added again, remove it by
         * `index.removeIf { it.metadata[Chunk.DOCUMENT] == "guide.md" }`.
         */
        @JvmStatic
        public fun items(document: String, chunks: List<Chunk>): List<IndexItem<Chunk>> =
            chunks.mapIndexed { number, chunk -> IndexItem("$document#$number", chunk, chunk.metadata + (DOCUMENT to document)) }
    }
}
