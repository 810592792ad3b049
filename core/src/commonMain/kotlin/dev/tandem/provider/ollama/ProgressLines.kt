package dev.tandem.provider.ollama

import dev.tandem.error.AiException
import dev.tandem.error.ConnectionLostException
import dev.tandem.error.IncompleteStreamException
import dev.tandem.error.MalformedResponseException
import dev.tandem.error.ModelNotFoundException
import dev.tandem.model.Timer
import dev.tandem.provider.http.Pages.Companion.text
import dev.tandem.provider.json.jsonIn
import dev.tandem.transport.Answer
import dev.tandem.transport.ErrorBody
import dev.tandem.transport.Frame
import dev.tandem.transport.FrameReader
import dev.tandem.transport.Framing
import dev.tandem.transport.rejectionOf
import kotlinx.serialization.json.JsonObject

/** What a server says while it works: a line for each step, the last of which is `success`. */
internal class ProgressLines(private val answer: Answer) {
    private val frames = FrameReader(answer, Framing.LINES)
    private var last = "nothing"

    suspend fun forEach(onLine: suspend (JsonObject) -> Unit) {
        var next = unlessLost { answer.within(Timer.FIRST_EVENT) { answer.isJson().let { frames.next() } } }
        while (next != null) {
            val line = lineOf(next)
            onLine(line)
            if (last == SUCCESS) break
            next = unlessLost { frames.next() }
        }
        if (last != SUCCESS) throw incomplete(null)
        answer.drain()
    }

    private inline fun unlessLost(read: () -> Frame?): Frame? = try {
        read()
    } catch (e: ConnectionLostException) {
        throw incomplete(e)
    }

    private fun lineOf(frame: Frame): JsonObject {
        val line = jsonIn(frame.data) as? JsonObject ?: throw if (frame.isTerminated) malformed(frame) else incomplete(null)
        if ("error" in line) throw failure(frame.data)
        line.text("status")?.let { last = it }
        return line
    }

    private fun failure(text: String): AiException {
        val details = answer.details().excerpt(answer.excerptOf(text))
        val body = ErrorBody.of(text) ?: ErrorBody(answer.excerptOf(text), null, null)
        // There is no code for it, and the status was that of success.
        if (UNKNOWN_MODEL.containsMatchIn(body.message)) {
            return ModelNotFoundException("${answer.provider}: ${answer.redact(body.message)}", details.build())
        }
        return rejectionOf(null, body, details) { answer.redact(it) }
    }

    private fun incomplete(cause: Throwable?) = IncompleteStreamException(
        "${answer.provider}: the server fell silent before it was done: the last it said was '$last'",
        answer.details().build(),
        cause,
    )

    private fun malformed(frame: Frame): AiException {
        val excerpt = answer.excerptOf(frame.data)
        return MalformedResponseException(
            "${answer.provider}: this is no progress: $excerpt",
            answer.details().excerpt(excerpt).build(),
            null,
        )
    }

    private companion object {
        const val SUCCESS = "success"
        val UNKNOWN_MODEL = Regex("file does not exist|model manifest.*not found", RegexOption.IGNORE_CASE)
    }
}
