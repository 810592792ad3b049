package dev.tandem.workflow

/** The node named [to] comes after the one named [from]. */
public class Connection internal constructor(public val from: String, public val to: String) {
    override fun equals(other: Any?): Boolean = other is Connection && from == other.from && to == other.to

    override fun hashCode(): Int = 31 * from.hashCode() + to.hashCode()

    override fun toString(): String = "$from -> $to"
}
