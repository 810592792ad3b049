package dev.tandem.locallab

/** A model that the server knows. */
public class LocalLabModel internal constructor(
    /** By this it is loaded. */
    public val id: String,
    /** For people to read. */
    public val name: String,
    /** "" where the server gives none. */
    public val description: String,
    /** False when the machine is too small for it. */
    public val canLoad: Boolean,
    /** Whether it is the one that answers. */
    public val isLoaded: Boolean,
    /** How far it is loaded, from 0 to 1. */
    public val progress: Double,
) {
    override fun equals(other: Any?): Boolean =
        other is LocalLabModel && id == other.id && name == other.name && isLoaded == other.isLoaded && progress == other.progress

    override fun hashCode(): Int = id.hashCode()

    override fun toString(): String =
        "LocalLabModel($id, ${if (isLoaded) "loaded" else "not loaded"}${if (progress in 0.01..0.99) ", $progress" else ""})"
}
