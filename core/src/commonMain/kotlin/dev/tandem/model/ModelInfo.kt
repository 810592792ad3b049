package dev.tandem.model

/** A model that the provider offers. */
public class ModelInfo(
    /** By this a request names it. */
    public val id: String,
    /** Who made it, "" when the provider does not say. */
    public val owner: String,
) {
    override fun equals(other: Any?): Boolean = other is ModelInfo && id == other.id && owner == other.owner

    override fun hashCode(): Int = 31 * id.hashCode() + owner.hashCode()

    override fun toString(): String = "ModelInfo($id)"
}
