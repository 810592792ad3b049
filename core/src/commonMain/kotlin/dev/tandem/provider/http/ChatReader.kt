package dev.tandem.provider.http

import dev.tandem.error.AiException
import dev.tandem.error.MalformedResponseException
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatResponse
import dev.tandem.provider.StreamedAnswer
import dev.tandem.provider.json.StrictJson
import dev.tandem.provider.json.WireJson
import dev.tandem.transport.AnswerHead
import dev.tandem.transport.ErrorBody
import dev.tandem.transport.Frame
import dev.tandem.transport.rejectionOf
import dev.tandem.transport.retryAfterOf
import kotlinx.serialization.DeserializationStrategy
import kotlinx.serialization.SerializationException

/**
 * Understands what one provider says in one answer: frames in, events out. Knows no connection, so it can be fed by hand.
 * One reader reads one answer.
 */
internal abstract class ChatReader(protected val head: AnswerHead) {
    val pieces = StreamedAnswer(head.details().build())
    private val seen = mutableListOf<ChatEvent>()
    private var sayAgain: (String) -> Unit = {}

    /**
     * What the last frame said, if it did nothing but say this one string of its JSON; null otherwise. The same frame with
     * another string in that place would do nothing but say that one.
     */
    var plainText: String? = null
        private set

    /** A string in the outermost object of some frames that is never looked at, and different each time; null if there is none. */
    open val unread: String? get() = null

    /** The end marker has come: what follows is not for us. */
    var isDone = false
        protected set

    /** What [frame] of a stream means. The list holds until the reader is asked again, as all of its lists do. */
    fun read(frame: Frame): List<ChatEvent> {
        seen.clear()
        if (frame.isText) {
            sayAgain(frame.data)
            return seen
        }
        plainText = null
        try {
            take(frame)
        } catch (e: MalformedResponseException) {
            // Cut in its midst, so not wrong but missing.
            throw if (frame.isTerminated) e else pieces.incomplete(e)
        }
        return seen
    }

    /** After the last frame: what was held back until it was clear that nothing follows. */
    fun finish(): List<ChatEvent> {
        seen.clear()
        if (!isDone) takeEnd()
        return seen
    }

    /** What a whole answer means, which came at once. */
    fun readWhole(text: String): List<ChatEvent> {
        seen.clear()
        takeWhole(text)
        return seen
    }

    /** At the end of all: the answer, or the exception that says why it is none. */
    open fun complete(): ChatResponse = pieces.complete()

    protected abstract fun take(frame: Frame)

    protected abstract fun takeWhole(text: String)

    /** The body has ended, and no end marker came. */
    protected open fun takeEnd() = Unit

    /** Hands [event] out; null for nothing. */
    protected fun add(event: ChatEvent?) {
        if (event != null) seen += event
    }

    /** The frame being read does nothing but [say] [text], as [plainText] says. */
    protected fun plain(text: String, say: (String) -> Unit) {
        plainText = text
        sayAgain = say
    }

    protected fun <T> decode(what: DeserializationStrategy<T>, text: String): T = try {
        StrictJson.problemOf(text)?.let { throw malformed("this is no JSON, $it: ${head.excerptOf(text)}", text, null) }
        WireJson.decodeFromString(what, text)
    } catch (e: SerializationException) {
        throw ErrorBody.of(text)?.let { failure(text, it) }
            ?: malformed("this is not what a chat answer looks like: ${head.excerptOf(text)}", text, e)
    }

    protected fun malformed(what: String, text: String, cause: Throwable?) = MalformedResponseException(
        "${head.provider}: $what",
        head
            .details()
            .excerpt(head.excerptOf(text))
            .partial(pieces.partial())
            .build(),
        cause,
    )

    /** The error that [text] is, though the status was that of success. */
    protected fun failure(text: String): AiException = failure(text, ErrorBody.of(text) ?: ErrorBody(head.excerptOf(text), null, null))

    protected fun failure(text: String, body: ErrorBody): AiException {
        val details =
            head
                .details()
                .excerpt(head.excerptOf(text))
                .partial(pieces.partial())
                .retryAfter(retryAfterOf(head, text))
        return rejectionOf(null, body, details) { head.redact(it) }
    }
}
