package dev.tandem.workflow

/**
 * The node named [to] comes after the one named [from].
 *
 * @property from the name of the one that has to be over.
 * @property to the name of the one that starts then.
 */
public class Connection internal constructor(public val from: String, public val to: String) {
    override fun equals(other: Any?): Boolean = other is Connection && from == other.from && to == other.to

    override fun hashCode(): Int = 31 * from.hashCode() + to.hashCode()

    override fun toString(): String = "$from -> $to"
}
