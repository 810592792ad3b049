package dev.tandem.cache

import dev.tandem.model.Embedding
import dev.tandem.platform.holding
import dev.tandem.platform.platform
import kotlin.time.Duration
import kotlin.time.TimeMark
import kotlin.time.TimeSource

/** Answers, found by the meaning of their questions. Looks at each of them: a thousand take about a millisecond. */
internal class Meanings(private val maxEntries: Int, private val ttl: Duration, private val clock: TimeSource) {
    private val lock = platform.newLock()

    /** Guarded by the lock: the one kept longest comes first. */
    private val entries = ArrayDeque<Entry>()

    /** What was answered to the question most like [question], if it is at least so alike. */
    fun find(context: String, question: Embedding, threshold: Double): List<Any?>? {
        val direction = directionOf(question) ?: return null
        return candidates(context)
            .maxByOrNull { alike(it.direction, direction) }
            ?.takeIf { alike(it.direction, direction) >= threshold }
            ?.items
    }

    fun keep(context: String, question: Embedding, items: List<Any?>) {
        val entry = Entry(context, directionOf(question) ?: return, items, clock.markNow() + ttl)
        lock.holding {
            entries += entry
            while (entries.size > maxEntries) entries.removeFirst()
        }
    }

    private fun candidates(context: String): List<Entry> = lock.holding {
        while (entries.firstOrNull()?.end?.hasPassedNow() == true) entries.removeFirst()
        entries.filter { it.context == context }
    }

    /** Of length one; null where a part of it is no number, which would be most like everything. */
    private fun directionOf(embedding: Embedding): Embedding? = embedding.normalized().takeIf { it.dot(it).isFinite() }

    /** Vectors of two lengths come from two models, and say nothing about one another. */
    private fun alike(one: Embedding, other: Embedding): Double = if (one.dimensions == other.dimensions) one.dot(other) else -1.0

    private class Entry(val context: String, val direction: Embedding, val items: List<Any?>, val end: TimeMark)
}
