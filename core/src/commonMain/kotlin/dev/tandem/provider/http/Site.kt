package dev.tandem.provider.http

/** Where a provider lives and how one gets in: all that its [Endpoint] must know. */
internal class Site(
    /** For messages and statistics. */
    val name: String,
    val baseUrl: String,
    val credential: Credential,
    /** Sent with every call. */
    val headers: Map<String, String>,
    /** Added to every address, as in `api-version=2024-10-21`. */
    val query: String = "",
) {
    /** Never shows the key. */
    override fun toString(): String = "$name, $baseUrl"
}
