package dev.tandem.transport

import dev.tandem.error.ErrorDetails

/** What is known of an answer before its body: enough to say what is wrong with the body. */
internal interface AnswerHead {
    val provider: String

    fun header(name: String): String?

    fun details(): ErrorDetails.Builder

    /** [text] without the keys that went out with the call. */
    fun redact(text: String): String

    /** The beginning of [text], for a message. */
    fun excerptOf(text: String): String = redact(text).trim().take(EXCERPT_CHARS)

    private companion object {
        const val EXCERPT_CHARS = 200
    }
}
