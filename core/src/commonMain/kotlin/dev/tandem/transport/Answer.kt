package dev.tandem.transport

import dev.tandem.error.EmptyResponseException
import dev.tandem.error.MalformedResponseException
import dev.tandem.error.UnexpectedContentException
import dev.tandem.model.Timer
import dev.tandem.platform.Clock
import dev.tandem.platform.EngineAnswer
import io.ktor.http.HttpHeaders
import io.ktor.utils.io.InternalAPI
import io.ktor.utils.io.availableForRead
import io.ktor.utils.io.cancel
import io.ktor.utils.io.discard
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlin.time.Duration.Companion.milliseconds

/** What came back: the head at once, the body as it arrives. Read by one coroutine. */
@OptIn(InternalAPI::class)
internal class Answer(private val received: EngineAnswer, private val call: HttpCall, private val alarm: Alarm) : AnswerHead {
    override val status: Int get() = received.status
    override val provider: String get() = call.provider

    /** By name in lower case. */
    val headers: Map<String, String>
        get() = received.headers.entries().associate { (name, values) -> name.lowercase() to values.joinToString(", ") }
    val contentType: String get() = received.headers[HttpHeaders.ContentType].orEmpty()
    private val body = received.body

    /** What was read ahead; from [given] to [filled] nobody has had it yet. */
    private var ahead = ByteArray(0)
    private var given = 0
    private var filled = 0

    val maxEventBytes: Int get() = call.options.maxEventBytes ?: Lines.DEFAULT_MAX_BYTES

    override fun header(name: String): String? = received.headers[name]

    override fun mentions(part: String): Boolean {
        var isMentioned = false
        received.headers.forEach { name, _ -> if (name.contains(part, ignoreCase = true)) isMentioned = true }
        return isMentioned
    }

    override fun redact(text: String): String = call.redactor.redact(text)

    /** Ends [work] when [timer] runs out. */
    suspend inline fun <T> within(timer: Timer, work: () -> T): T {
        val bell = alarm.set(timer, ::details)
        try {
            return work()
        } finally {
            bell?.dispose()
        }
    }

    /** Gives some bytes of the body to [use], which must not keep them; false at the end of the body. */
    suspend inline fun take(use: (bytes: ByteArray, from: Int, to: Int) -> Unit): Boolean {
        if (given == filled && !readAnew()) return false
        val from = given
        given = filled
        use(ahead, from, filled)
        return true
    }

    /** Whoever fills the room each time gets more of it. */
    private suspend fun readAnew(): Boolean {
        if (filled == ahead.size) ahead = ByteArray((filled * 2).coerceIn(READ_BYTES, MOST_READ_BYTES))
        given = 0
        filled = 0
        return readAhead()
    }

    /** False at the end of the body. */
    private suspend fun receive(): Boolean {
        try {
            // What has come already needs no timer.
            if (body.availableForRead > 0 || within(Timer.IDLE) { body.awaitContent() }) {
                filled += body.readBuffer.readAtMostTo(ahead, filled, ahead.size)
                return true
            }
            // A channel that failed ends like one that was read to its end.
            body.closedCause?.let { throw it }
            return false
        } catch (e: Throwable) {
            if (e is Error) throw e
            // Whatever a connection says that we have just cut ourselves.
            alarm.ensureGoingOn()
            throw breakdown(e, "lost", call, details())
        }
    }

    /** JSON by its label, where text may begin like it. */
    fun isJsonByLabel(): Boolean = contentType.startsWith("application/json", ignoreCase = true)

    /** A web page by its label, where the first character says nothing. */
    suspend fun refuseWebPage() {
        if (contentType.startsWith("text/html", ignoreCase = true)) throw unexpected(text(ERROR_BODY_BYTES))
    }

    /**
     * What the body is, by its first character that is no white space: gateways label JSON as a stream, streams as plain
     * text and web pages as whatever you like. Refuses a web page and an empty body.
     */
    suspend fun isJson(): Boolean {
        when (firstByte() ?: throw empty()) {
            '<' -> throw unexpected(text(ERROR_BODY_BYTES))
            '{', '[' -> return true
            else -> return false
        }
    }

    /**
     * For a body that is not to be text: refuses a web page, an error and other text, by their label, and by their first
     * character unless [isAnything] can begin so.
     */
    suspend fun refuseText(wanted: String, isAnything: Boolean) {
        while (given == filled) if (!readAhead()) throw empty()
        val first = ahead[given].toInt().toChar()
        val isText = contentType.startsWith("text/", ignoreCase = true) || contentType.contains("json", ignoreCase = true)
        if (!isText && (isAnything || (first != '{' && first != '<'))) return
        val body = text(ERROR_BODY_BYTES)
        val error = if (body.trimStart().startsWith('<')) null else ErrorBody.of(body)
        if (error == null) throw unexpected(body, wanted)
        throw rejectionOf(null, error, details().excerpt(excerptOf(body))) { redact(it) }
    }

    /** All of such a body, if it is not longer than [limit]. */
    suspend fun bytes(limit: Int): ByteArray = whole(limit) { bytes, from, to ->
        if (filled > to || (to - from == limit && readAhead())) {
            throw MalformedResponseException(
                "$provider: the answer has more than $limit bytes: raise maxBytes, or take it as a stream",
                details().build(),
                null,
            )
        }
        bytes.copyOfRange(from, to)
    }

    private suspend fun firstByte(): Char? {
        var at = given
        while (true) {
            while (at < filled) ahead[at++].let { if (it > ' '.code || it < 0) return it.toInt().toChar() }
            if (!readAhead()) return null
        }
    }

    /** False at the end of the body. */
    private suspend fun readAhead(): Boolean {
        // One byte more than was promised shows the end.
        if (filled == ahead.size) ahead = ahead.copyOf(maxOf(promised + 1, filled * 2))
        return receive()
    }

    /** How long the body is going to be, if it says so and keeps its word. */
    private val promised: Int
        get() = header(HttpHeaders.ContentLength)?.toIntOrNull()?.coerceIn(0, MOST_PROMISED_BYTES) ?: READ_BYTES

    /** The whole body, or its first [limit] bytes. */
    suspend fun text(limit: Int = Int.MAX_VALUE): String = whole(limit) { bytes, from, to -> bytes.decodeToString(from, to) }

    private suspend inline fun <T> whole(limit: Int, use: (bytes: ByteArray, from: Int, to: Int) -> T): T {
        while (filled - given < limit) if (!readAhead()) break
        val from = given
        given = filled
        return use(ahead, from, from + minOf(filled - from, limit))
    }

    /** The body of a plain call. */
    suspend fun json(): String = json { bytes, from, to -> bytes.decodeToString(from, to) }

    /** The same as it came. */
    suspend fun <T> json(use: (bytes: ByteArray, from: Int, to: Int) -> T): T {
        if (!isJson()) throw unexpected(text(ERROR_BODY_BYTES))
        return whole(Int.MAX_VALUE, use)
    }

    /**
     * For a body that should have nothing left: waits a moment for its end, since only a connection that was read to its
     * end can be used again, and else gives the connection up.
     */
    suspend fun drain() {
        if (body.isReadToItsEnd()) return
        try {
            Clock.withinOrNull(DRAIN_TIME) { body.discard(MOST_DRAINED_BYTES) }
        } catch (e: Throwable) {
            if (e is Error) throw e
            currentCoroutineContext().ensureActive()
            // Nothing is missing: the answer was whole before.
        }
        if (!body.isReadToItsEnd()) body.cancel()
    }

    private fun empty() =
        EmptyResponseException("${call.provider} answered $status with an empty body${named(requestId)}", details().build())

    private fun unexpected(body: String, wanted: String = "JSON or events") = UnexpectedContentException(
        "${call.provider} answered $status with ${contentType.ifEmpty { "no content type" }} instead of $wanted" +
            "${named(requestId)}. Is ${call.address} the right address? It begins: ${excerptOf(body)}",
        details().excerpt(excerptOf(body)).build(),
    )

    companion object {
        /** How much of an error's body is read at all. */
        const val ERROR_BODY_BYTES = 64 * 1024
        private const val READ_BYTES = 2 * 1024
        private const val MOST_READ_BYTES = 16 * 1024
        private const val MOST_PROMISED_BYTES = 8 * 1024 * 1024
        private const val MOST_DRAINED_BYTES = 64L * 1024
        private val DRAIN_TIME = 100.milliseconds

        fun named(requestId: String?): String = requestId?.let { " (request $it)" }.orEmpty()
    }
}
