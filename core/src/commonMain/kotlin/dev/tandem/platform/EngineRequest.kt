package dev.tandem.platform

import io.ktor.http.Url

/** What an engine is asked for. [body] is JSON, and an engine says so unless [headers] do. */
public class EngineRequest internal constructor(
    public val method: String,
    public val url: Url,
    public val headers: Map<String, String>,
    public val body: ByteArray?,
    public val phases: Phases,
    /** It must not be sent again, whatever becomes of it: not on a kept connection either, which may turn out to be closed. */
    public val isOnce: Boolean,
) {
    /** The method and the server only: an address may hold secrets. */
    override fun toString(): String = "$method ${url.host}"
}
