package dev.tandem.batch

import dev.tandem.batch.journal.PieceNote
import dev.tandem.batch.provider.Ticket

/** What an earlier run has handed to the provider, and whom of this one's items that concerns. */
internal class Earlier<T>(notes: List<PieceNote>) {
    val pieces: List<Piece<T>> = notes.map(::Piece)
    private val places = HashMap<String, Pair<Piece<T>, Int>>().apply {
        for (piece in pieces) piece.note.keys.forEachIndexed { i, key -> put(key, piece to i) }
    }

    class Piece<T>(val note: PieceNote) {
        /** At their places, as far as they have come up. */
        val items = arrayOfNulls<Waiting<T>>(note.keys.size)
        val isUnwanted: Boolean get() = items.all { it == null }
    }

    /** True if [item] has been handed in already. */
    fun take(item: Waiting<T>): Boolean {
        val (piece, at) = places.remove(item.place.key) ?: return false
        piece.items[at] = item
        return true
    }

    /** Of those that the provider has confirmed. */
    fun tickets(): List<Ticket> = pieces.mapNotNull { it.note.ticket?.let(Ticket::of) }
}
