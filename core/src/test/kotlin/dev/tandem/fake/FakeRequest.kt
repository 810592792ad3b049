package dev.tandem.fake

/** What a client sent. Header names are in lower case. */
class FakeRequest(val method: String, val path: String, val headers: Map<String, String>, val body: String) {
    fun header(name: String): String? = headers[name.lowercase()]
}
