package dev.tandem.transport

import dev.tandem.error.ErrorDetails

/** What is known of an answer before its body: enough to say what is wrong with the body. */
internal interface AnswerHead {
    val provider: String

    val status: Int

    /** The provider's name for this very call. */
    val requestId: String? get() = REQUEST_ID_HEADERS.firstNotNullOfOrNull(::header)

    fun header(name: String): String?

    /** False when no header has [part], in lower case, in its name: one look instead of many. */
    fun mentions(part: String): Boolean = true

    fun details(): ErrorDetails.Builder = ErrorDetails
        .builder()
        .provider(provider)
        .status(status)
        .requestId(requestId)
        .rateLimits(rateLimitsOf(this))

    /** [text] without the keys that went out with the call. */
    fun redact(text: String): String

    /** The beginning of [text], for a message. */
    fun excerptOf(text: String): String = redact(text).trim().take(EXCERPT_CHARS)

    private companion object {
        const val EXCERPT_CHARS = 200
        val REQUEST_ID_HEADERS = listOf("x-request-id", "request-id", "x-ms-request-id", "apim-request-id", "cf-ray")
    }
}
