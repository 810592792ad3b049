package dev.tandem.testing

/** What a client sent. Header names are in lower case. */
public class FakeRequest(
    /** In capitals, such as `POST`. */
    public val method: String,
    /** With its query. */
    public val path: String,
    /** By name in lower case. */
    public val headers: Map<String, String>,
    /** The body as it came. */
    public val bytes: ByteArray,
) {
    /** The body as text. */
    public val body: String = bytes.decodeToString()

    /** With a body of text, which travels as UTF-8. */
    public constructor(method: String, path: String, headers: Map<String, String>, body: String) :
        this(method, path, headers, body.encodeToByteArray())

    /** Null when it was not sent. */
    public fun header(name: String): String? = headers[name.lowercase()]
}
