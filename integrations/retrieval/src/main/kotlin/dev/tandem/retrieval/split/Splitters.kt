package dev.tandem.retrieval.split

import dev.tandem.retrieval.Chunk

/**
 * Ways to cut a text. All of them keep to the size they are given, lose nothing but blanks between the pieces, and do not cut within
 * what a reader sees as one character: only where such a one is larger than a whole piece, it is cut between its code points, and one
 * code point that is larger than a piece is one all the same.
 */
public object Splitters {
    /** Wherever a piece is full. */
    @JvmStatic
    public fun characters(size: ChunkSize): Splitter = plain(size, emptyList(), listOf(Cuts.CHARACTERS))

    /**
     * Between sentences, as many to a piece as fit; one that is too long is cut between words. An overlap is of whole sentences, or of
     * words where the last sentence is longer than it.
     */
    @JvmStatic
    public fun sentences(size: ChunkSize): Splitter = plain(size, listOf(Cuts.SENTENCES, Cuts.WORDS), listOf(Cuts.SENTENCES, Cuts.WORDS))

    /** Between paragraphs, or else lines, sentences, words, characters: at the best place that makes a piece small enough. */
    @JvmStatic
    public fun recursive(size: ChunkSize): Splitter =
        plain(size, listOf(Cuts.PARAGRAPHS, Cuts.LINES, Cuts.SENTENCES, Cuts.WORDS), listOf(Cuts.WORDS))

    /**
     * By headings first: no piece goes across one, and each knows those above it by [Chunk.HEADINGS]. Within them between paragraphs;
     * a block of code or a table is cut, between its lines, only if it does not fit into a piece. What YAML says in front of all is a
     * part of its own. An overlap is of whole lines, or of sentences or words where a line of prose is longer than it.
     */
    @JvmStatic
    public fun markdown(size: ChunkSize): Splitter = Splitter { text ->
        val document = Markdown(text)
        val levels = listOf(Cuts { _, from, to -> document.blocks(from, to) }, Cuts.LINES, Cuts.SENTENCES, Cuts.WORDS)
        val finer = listOf(Cuts.SENTENCES, Cuts.WORDS).map { cuts ->
            Cuts { all, from, to -> cuts.of(all, from, to).filter(document::isProse) }
        }
        val packer = Packer(size, levels, listOf(Cuts.LINES) + finer, keepsIndent = true, apart = 1)
        document.sections().flatMap { packer.split(text, it.start, it.end, it.metadata) }
    }

    /** Between declarations, or else those within them, or else lines. What stands right above one, as its comment, stays with it. */
    @JvmStatic
    public fun code(language: Language, size: ChunkSize): Splitter = Splitter { text ->
        val outline = Outline(text, language)
        val levels = (0..2).map { depth -> Cuts { _, from, to -> outline.cuts(from, to, depth) } }
        val finer = listOf(Cuts.PARAGRAPHS, Cuts.LINES, Cuts.WORDS)
        Packer(size, levels + finer, listOf(Cuts.LINES), keepsIndent = true, apart = levels.size).split(text, 0, text.length)
    }

    private fun plain(size: ChunkSize, levels: List<Cuts>, overlapAt: List<Cuts>): Splitter {
        val packer = Packer(size, levels, overlapAt, keepsIndent = false)
        return Splitter { text -> packer.split(text, 0, text.length) }
    }
}
