package dev.tandem.retrieval.split

import dev.tandem.retrieval.Chunk

/** Cuts a text into pieces. Keeps no state, so any number of threads may share one. */
public fun interface Splitter {
    /** In their order; none for a text of blanks. */
    public fun split(text: String): List<Chunk>
}
