package dev.tandem.workflow.run

/** A server has answered an HTTP node with a status that is no success. */
public class HttpStatusException internal constructor(
    node: String,
    /** From 300 on. */
    public val status: Int,
    /** Where it says to go instead. */
    public val location: String?,
    /** The beginning of what it said. */
    public val excerpt: String,
) : RuntimeException("'$node' was answered with status $status${location?.let { ", to go to $it" }.orEmpty()}: $excerpt") {
    /** Whether the same may go well later. */
    public val isRetryable: Boolean get() = status == REQUEST_TIMEOUT || status == TOO_MANY || status >= SERVER

    private companion object {
        const val REQUEST_TIMEOUT = 408
        const val TOO_MANY = 429
        const val SERVER = 500
    }
}
