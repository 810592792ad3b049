package dev.tandem.mvstore

/** How much a shelf holds, and what time it is there. */
internal class Limits(val maxEntries: Int, val maxBytes: Long, val clock: () -> Long)
