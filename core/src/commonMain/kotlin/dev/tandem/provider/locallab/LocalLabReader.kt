package dev.tandem.provider.locallab

import dev.tandem.error.AiException
import dev.tandem.model.FinishReason
import dev.tandem.provider.http.ChatReader
import dev.tandem.transport.AnswerHead
import dev.tandem.transport.ErrorBody
import kotlinx.serialization.json.contentOrNull

/** What the streams of LocalLab have in common: whole answers, and how they fail. */
internal abstract class LocalLabReader(head: AnswerHead) : ChatReader(head) {
    init {
        for (name in HEADERS) head.header(name)?.let { pieces.metadata(name, it) }
    }

    override fun takeWhole(text: String) {
        val answer = decode(LocalLabAnswer.serializer(), text)
        val said = answer.said ?: throw if (answer.error != null || answer.detail != null) failure(text) else malformed(NO_TEXT, text, null)
        pieces.head(null, answer.model?.contentOrNull)
        add(pieces.text(said))
        answer.finishReason?.let { pieces.finish(REASONS[it] ?: FinishReason.of(FinishReason.Kind.UNKNOWN, it)) }
        end()
    }

    protected fun end() {
        pieces.end()
        isDone = true
    }

    /** The server says in the midst of an answer that it failed. [words] may begin with `Error:`. */
    protected fun brokenOff(words: String): AiException {
        val why = words.trim().removePrefix("Error:").trim()
        return failure(why, ErrorBody(why.ifEmpty { "the server failed, and does not say why" }, null, null))
    }

    private companion object {
        const val NO_TEXT = "the answer has neither text, response nor choices"
        val HEADERS = listOf("x-process-time", "x-request-count")
        val REASONS = mapOf("stop" to FinishReason.STOP, "length" to FinishReason.LENGTH)
    }
}
