package dev.tandem.provider.http

import dev.tandem.model.RawResponse
import dev.tandem.transport.AnswerHead
import dev.tandem.transport.Redactor

/** The head of an answer that somebody else has brought. */
internal class ToldHead(override val provider: String, private val response: RawResponse, private val redactor: Redactor) : AnswerHead {
    override val status: Int get() = response.status

    override fun header(name: String): String? = response.headers[name.lowercase()]

    override fun redact(text: String): String = redactor.redact(text)
}
