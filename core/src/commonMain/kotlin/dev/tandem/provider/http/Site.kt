package dev.tandem.provider.http

import dev.tandem.platform.platform
import kotlin.io.encoding.Base64

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
    /** Where this is and as whom one gets in: the same in every program, and nothing of it can be read. */
    val identity: String by lazy {
        val said = listOf(baseUrl, query, credential.key.orEmpty()) + headers.map { (name, value) -> "${name.lowercase()}:$value" }.sorted()
        Base64.encode(platform.sha256(said.joinToString("\n").encodeToByteArray()))
    }

    /** Never shows the key. */
    override fun toString(): String = "$name, $baseUrl"
}
