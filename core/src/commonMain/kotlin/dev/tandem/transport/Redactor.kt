package dev.tandem.transport

/** Takes [secrets] out of text that a user may see: servers like to quote the key that they refuse. */
internal class Redactor(secrets: Collection<String>) {
    private val secrets = secrets.filter { it.isNotEmpty() }

    fun redact(text: String): String = secrets.fold(text) { clean, secret -> clean.replace(secret, "[redacted]") }
}
