package dev.tandem.retrieval

/** What was found, and how near it is: the higher its [score], the nearer, as [Similarity] says. */
public class Hit<T : Any> internal constructor(public val item: IndexItem<T>, public val score: Double) {
    public val id: String get() = item.id
    public val value: T get() = item.value
    public val metadata: Map<String, String> get() = item.metadata

    override fun toString(): String = "Hit($id, $score)"
}
