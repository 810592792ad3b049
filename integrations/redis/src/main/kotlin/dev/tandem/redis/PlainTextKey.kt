@file:JvmName("-PlainTextKey")

package dev.tandem.redis

import java.security.MessageDigest

/** MD5 of what Python's `json.dumps({"model": …, "prompt": …}, sort_keys=True)` makes of it, byte by byte. */
internal fun plainTextKeyOf(model: String, prompt: String): String {
    val json = buildString {
        append("{\"model\": ")
        appendQuoted(model)
        append(", \"prompt\": ")
        appendQuoted(prompt)
        append('}')
    }
    return MessageDigest.getInstance("MD5").digest(json.toByteArray(Charsets.US_ASCII)).hex()
}

private fun StringBuilder.appendQuoted(text: String) {
    append('"')
    for (char in text) {
        when (char) {
            '"' -> append("\\\"")

            '\\' -> append("\\\\")

            '\n' -> append("\\n")

            '\r' -> append("\\r")

            '\t' -> append("\\t")

            '\b' -> append("\\b")

            '\u000C' -> append("\\f")

            in ' '..'~' -> append(char)

            // Halves of a pair too, one by one.
            else -> append("\\u").append(char.code.toString(16).padStart(4, '0'))
        }
    }
    append('"')
}
