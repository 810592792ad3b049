package dev.tandem.platform

import io.ktor.http.Url

/** What an engine is asked for. [body] is JSON, and an engine says so unless [headers] do. */
public class EngineRequest internal constructor(
    /** Such as `POST`. */
    public val method: String,
    /** With its query, encoded. */
    public val url: Url,
    /** Each with one value. */
    public val headers: Map<String, String>,
    /** Null where there is none. */
    public val body: ByteArray?,
    /** To be told how far the exchange has come. */
    public val phases: Phases,
    /** It must not be sent again, whatever becomes of it: not on a kept connection either, which may turn out to be closed. */
    public val isOnce: Boolean,
) {
    /** The method and the server only: an address may hold secrets. */
    override fun toString(): String = "$method ${url.host}"
}
