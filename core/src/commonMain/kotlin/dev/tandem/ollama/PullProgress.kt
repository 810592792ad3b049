package dev.tandem.ollama

/** How far the server is with fetching a model. It comes in several files, one after the other. */
public class PullProgress internal constructor(
    /** What it does just now, in its own words; `success` at the end. */
    public val status: String,
    /** The file that it fetches, or null between files. */
    public val digest: String?,
    /** How long that file is, or null. */
    public val totalBytes: Long?,
    /** How much of it has arrived, or null. */
    public val completedBytes: Long?,
) {
    /** The model is whole and ready: nothing follows. */
    public val isDone: Boolean get() = status == "success"

    /** How much of this file has arrived, from 0 to 1, or null between files. */
    public val fraction: Double? get() = totalBytes?.takeIf { it > 0 }?.let { (completedBytes ?: 0).toDouble() / it }

    override fun equals(other: Any?): Boolean = other is PullProgress &&
        status == other.status &&
        digest == other.digest &&
        totalBytes == other.totalBytes &&
        completedBytes == other.completedBytes

    override fun hashCode(): Int = 31 * status.hashCode() + completedBytes.hashCode()

    override fun toString(): String = "PullProgress($status${totalBytes?.let { ", ${completedBytes ?: 0} of $it bytes" }.orEmpty()})"
}
