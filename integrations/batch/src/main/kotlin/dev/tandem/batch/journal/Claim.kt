package dev.tandem.batch.journal

/** What a journal says of an item that comes up. */
internal sealed class Claim {
    /** Nothing that counts: it is to be done, and written under [key]. */
    class Open(val key: String) : Claim()

    /** It was done by an earlier run, and [record] is at [place]. */
    class Done(val record: Record, val place: Long) : Claim()

    /** This run has met the key already; [key] is for what becomes of this one. */
    class Twice(val key: String) : Claim()
}
