package dev.tandem.retrieval

import dev.tandem.model.Embedding
import java.nio.file.Path
import java.util.concurrent.locks.ReentrantLock
import java.util.function.Predicate
import kotlin.concurrent.withLock

/**
 * Vectors in memory, and what they stand for. A search looks at all of them, so it misses nothing: a hundred thousand of 384
 * dimensions take some ten milliseconds and 150 MB. Any number of threads may search while others add and remove, and nobody waits
 * for a search; it sees the index as it was when it began. The first vector says how many dimensions all others have.
 *
 * @property similarity by which measure a search finds what is near.
 */
public class VectorIndex<T : Any>(public val similarity: Similarity) {
    /** By [Similarity.COSINE]. */
    public constructor() : this(Similarity.COSINE)

    private val lock = ReentrantLock()

    /** Guarded by the lock. */
    private val byId = HashMap<String, Row<T>>()

    @Volatile private var now = Snapshot<T>(0, emptyList(), 0, 0, 0)

    /** Of its vectors; 0 before there is one. */
    public val dimensions: Int get() = now.dimensions

    /** How many items are here now. */
    public val size: Int get() = now.items

    /** In place of what has the same id, if there is one. */
    public fun add(item: IndexItem<T>, embedding: Embedding): Unit = addAll(listOf(item), listOf(embedding))

    /** In place of what has the same [id], if there is one. */
    public fun add(id: String, embedding: Embedding, value: T): Unit = add(IndexItem(id, value), embedding)

    /** The same, with [metadata] to filter by. */
    public fun add(id: String, embedding: Embedding, value: T, metadata: Map<String, String>): Unit =
        add(IndexItem(id, value, metadata), embedding)

    /** All at once, each with the vector at its own place in [embeddings]; or none, where one of them does not fit. */
    public fun addAll(items: List<IndexItem<T>>, embeddings: List<Embedding>) {
        require(items.size == embeddings.size) { "${items.size} items need as many vectors, but have ${embeddings.size}" }
        if (items.isEmpty()) return
        lock.withLock {
            val all = if (dimensions == 0) embeddings[0].dimensions else dimensions
            restore(items, items.indices.map { checked(embeddings[it], all, items[it].id) })
        }
    }

    /** The same with [vectors] as they were kept. */
    internal fun restore(items: List<IndexItem<T>>, vectors: List<FloatArray>) = lock.withLock { append(items, vectors, vectors[0].size) }

    /** Whether it was there. */
    public fun remove(id: String): Boolean = removeAll(listOf(id)) == 1

    /** How many of them were there. */
    public fun removeAll(ids: Collection<String>): Int = lock.withLock {
        val gone = ids.mapNotNull(byId::remove)
        if (gone.isNotEmpty()) append(emptyList(), emptyList(), dimensions, gone)
        gone.size
    }

    /** How many of those that are here now [filter] has taken, which may use this index. What is replaced meanwhile stays. */
    public fun removeIf(filter: Predicate<in IndexItem<T>>): Int {
        val taken = items().filter(filter::test)
        return lock.withLock { removeAll(taken.filter { byId[it.id]?.item === it }.map { it.id }) }
    }

    /** Removes all, and forgets how many dimensions they had. */
    public fun clear(): Unit = lock.withLock {
        byId.clear()
        now = Snapshot(now.version + 1, emptyList(), 0, 0, 0)
    }

    /** Null where there is none. */
    public operator fun get(id: String): IndexItem<T>? = lock.withLock { byId[id]?.item }

    /** All that are here now, in the order they were added: a list of its own. */
    public fun items(): List<IndexItem<T>> = now.run {
        ArrayList<IndexItem<T>>(items).also { all -> forEach { segment, number, _ -> all += segment.item(number) } }
    }

    /** The nearest to [query], at most [limit] of them, nearest first. */
    public fun search(query: Embedding, limit: Int): List<Hit<T>> = nearest(query, limit, ANY, null)

    /** The nearest of those that have all of [metadata]. */
    public fun search(query: Embedding, limit: Int, metadata: Map<String, String>): List<Hit<T>> =
        nearest(query, limit, ANY) { item -> metadata.all { (name, value) -> item.metadata[name] == value } }

    /** The nearest of those that [filter] takes. It is asked only of what is near enough, and may use this index. */
    public fun search(query: Embedding, limit: Int, filter: Predicate<in IndexItem<T>>): List<Hit<T>> = nearest(query, limit, ANY, filter)

    /** The nearest of those whose score is [minScore] or higher. What that means depends on the model that made the vectors. */
    public fun search(query: Embedding, limit: Int, minScore: Double): List<Hit<T>> = nearest(query, limit, minScore, null)

    /** The nearest of those that [filter] takes, and whose score is [minScore] or higher. */
    public fun search(query: Embedding, limit: Int, minScore: Double, filter: Predicate<in IndexItem<T>>): List<Hit<T>> =
        nearest(query, limit, minScore, filter)

    private fun nearest(query: Embedding, limit: Int, minScore: Double, filter: Predicate<in IndexItem<T>>?): List<Hit<T>> {
        require(limit >= 1) { "limit must be at least 1, but is $limit" }
        require(!minScore.isNaN()) { "minScore must be a number, but is $minScore" }
        val seen = now
        if (seen.items == 0) return emptyList()
        val vector = checked(query, seen.dimensions, "the query").let { floats -> DoubleArray(floats.size) { floats[it].toDouble() } }
        val nearest = Nearest(minOf(limit, seen.items))
        seen.forEach { segment, number, place ->
            val score = segment.score(similarity, vector, number)
            if (score >= minScore && nearest.takes(score) && filter?.test(segment.item(number)) != false) nearest.add(score, place)
        }
        return nearest.sorted { score, place -> Hit(seen.segments[place / Segment.ROWS].item(place % Segment.ROWS), score) }
    }

    /**
     * Writes all of it to [path]. The file that was there stays until the new one is whole, and for good where that fails, which
     * is an [IndexFileException]; the new one has its permissions. What is added meanwhile is not in it.
     */
    public fun save(path: Path, format: ValueFormat<T>): Unit = IndexFile(path).write(similarity, now, format)

    override fun toString(): String = "VectorIndex($size of $dimensions dimensions by $similarity)"

    /** As it is kept: for directions, the length of each vector is taken from it once. */
    private fun checked(embedding: Embedding, dimensions: Int, what: String): FloatArray {
        require(embedding.dimensions == dimensions && dimensions > 0) {
            "$what has ${embedding.dimensions} dimensions, and this index $dimensions: embed both with the same model"
        }
        require(embedding.vector.all { it.isFinite() }) { "$what has a vector with a part that is no finite number" }
        return (if (similarity == Similarity.COSINE) embedding.normalized() else embedding).vector
    }

    /** What comes in and what is [gone] changes in one moment for whoever searches. */
    private fun append(items: List<IndexItem<T>>, vectors: List<FloatArray>, dimensions: Int, gone: List<Row<T>> = emptyList()) {
        val before = now
        val version = before.version + 1
        val segments = before.segments.toMutableList()
        val replaced = gone.toMutableList()
        items.forEachIndexed { i, item -> put(segments, before.rows + i, item, vectors[i])?.let(replaced::add) }
        replaced.forEach { it.segment.remove(it.number, version) }
        val after = Snapshot(version, segments, before.rows + items.size, byId.size, dimensions)
        now = if (after.rows > 2 * after.items + Segment.ROWS) compacted(after) else after
    }

    /** Without the rows of what is gone. */
    private fun compacted(full: Snapshot<T>): Snapshot<T> {
        val segments = ArrayList<Segment<T>>()
        var rows = 0
        full.forEach { segment, number, _ -> put(segments, rows++, segment.item(number), segment.vector(number)) }
        return Snapshot(full.version, segments, rows, rows, full.dimensions)
    }

    /** Gives back where what has the same id was until now. */
    private fun put(segments: MutableList<Segment<T>>, place: Int, item: IndexItem<T>, vector: FloatArray): Row<T>? {
        if (place / Segment.ROWS == segments.size) {
            segments += Segment<T>(vector.size, if (segments.isEmpty()) Segment.FIRST_ROWS else Segment.ROWS)
        }
        val row = Row(segments.last(), place % Segment.ROWS)
        row.segment.put(row.number, item, vector)
        return byId.put(item.id, row)
    }

    public companion object {
        private const val ANY = Double.NEGATIVE_INFINITY

        /** What [save] has written. A file that is cut off, changed or none of ours is an [IndexFileException]. */
        @JvmStatic
        public fun <T : Any> load(path: Path, format: ValueFormat<T>): VectorIndex<T> = IndexFile(path).read(format)
    }
}
