package dev.tandem.testing

/** What a client sent. Header names are in lower case. */
public class FakeRequest(
    public val method: String,
    /** With its query. */
    public val path: String,
    public val headers: Map<String, String>,
    public val body: String,
) {
    /** Null when it was not sent. */
    public fun header(name: String): String? = headers[name.lowercase()]
}
