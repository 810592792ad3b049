package dev.tandem.retrieval

import java.util.Collections

/**
 * Something that can be found.
 *
 * @property id its own within an index; not blank.
 * @property value what whoever searches gets.
 */
public class IndexItem<T : Any>(public val id: String, public val value: T, metadata: Map<String, String>) {
    /** Without metadata. */
    public constructor(id: String, value: T) : this(id, value, emptyMap())

    /** By this it can be filtered. Not to be changed. */
    public val metadata: Map<String, String> = if (metadata.isEmpty()) emptyMap() else Collections.unmodifiableMap(LinkedHashMap(metadata))

    init {
        require(id.isNotBlank()) { "an id must not be blank, but is '$id'" }
    }

    override fun equals(other: Any?): Boolean =
        other is IndexItem<*> && id == other.id && value == other.value && metadata == other.metadata

    override fun hashCode(): Int = id.hashCode()

    override fun toString(): String = "IndexItem($id, $metadata)"
}
