package dev.tandem.retrieval

/**
 * What was found.
 *
 * @property item as it was added.
 * @property score how near it is: the higher, the nearer, as [Similarity] says.
 */
public class Hit<T : Any> internal constructor(public val item: IndexItem<T>, public val score: Double) {
    /** Of the [item]. */
    public val id: String get() = item.id

    /** Of the [item]. */
    public val value: T get() = item.value

    /** Of the [item]. */
    public val metadata: Map<String, String> get() = item.metadata

    override fun toString(): String = "Hit($id, $score)"
}
