package dev.tandem.model

/** A text as a point in space. The array is this object's own: do not write to it. */
public class Embedding(public val vector: FloatArray) {
    public val dimensions: Int get() = vector.size

    override fun equals(other: Any?): Boolean = other is Embedding && vector.contentEquals(other.vector)

    override fun hashCode(): Int = vector.contentHashCode()

    override fun toString(): String = "Embedding($dimensions dimensions)"
}
