package dev.tandem.batch

import dev.tandem.batch.journal.Record

/** What is made of a journal when a run is over. */
internal interface Output<T> {
    /** The item at [index] has its record at [place]. May come from several threads. */
    fun at(index: Long, item: T, place: Long)

    /** All of it, in the order of the input. */
    fun write(recordAt: (place: Long) -> Record)
}
