package dev.tandem.transport

import dev.tandem.error.AiException
import dev.tandem.error.EmptyResponseException
import dev.tandem.error.TimeLimitException
import dev.tandem.error.UnexpectedContentException
import dev.tandem.model.Timer
import io.ktor.client.statement.HttpResponse
import io.ktor.http.HttpHeaders
import io.ktor.http.contentLength
import io.ktor.utils.io.InternalAPI
import io.ktor.utils.io.availableForRead
import io.ktor.utils.io.readAvailable
import kotlinx.coroutines.cancel
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.withTimeoutOrNull
import kotlin.time.Duration.Companion.milliseconds

/** What came back: the head at once, the body as it arrives. Read by one coroutine. */
@OptIn(InternalAPI::class)
internal class Answer(private val response: HttpResponse, private val call: HttpCall) : AnswerHead {
    override val status: Int get() = response.status.value
    override val provider: String get() = call.provider

    /** By name in lower case. */
    val headers: Map<String, String>
        get() = response.headers.entries().associate { (name, values) -> name.lowercase() to values.joinToString(", ") }
    private val contentType: String get() = response.headers[HttpHeaders.ContentType].orEmpty()

    private val body = response.rawContent

    /** What has been read ahead and nobody has had yet: from [start] to [end]. */
    private var buffer = NOTHING
    private var start = 0
    private var end = 0

    val maxEventBytes: Int get() = call.options.maxEventBytes ?: Lines.DEFAULT_MAX_BYTES

    override val headerNames: Set<String> get() = response.headers.names()

    override fun header(name: String): String? = response.headers[name]

    override fun redact(text: String): String = call.redactor.redact(text)

    /** Ends [work] when [timer] runs out. */
    suspend fun <T> within(timer: Timer, work: suspend () -> T): T = call.within(timer, ::details, work)

    /** Some bytes of the body, or -1 at its end. */
    suspend fun read(into: ByteArray): Int {
        if (start == end) return receive(into, 0)
        val count = minOf(end - start, into.size)
        buffer.copyInto(into, 0, start, start + count)
        start += count
        return count
    }

    /** Reads more ahead, unless there is no more. */
    private suspend fun readAhead(): Boolean {
        if (end == buffer.size) buffer = buffer.copyOf(maxOf(buffer.size * 2, firstBytes()))
        val count = receive(buffer, end)
        end += maxOf(count, 0)
        return count >= 0
    }

    /** As much as a short answer is long, and one more to find its end. */
    private fun firstBytes() = (response.contentLength() ?: READ_BYTES).coerceIn(0, READ_BYTES).toInt() + 1

    private suspend fun receive(into: ByteArray, from: Int): Int {
        try {
            // What has come already needs no timer.
            val count = if (body.availableForRead >
                0
            ) {
                body.readAvailable(into, from)
            } else {
                within(Timer.IDLE) { body.readAvailable(into, from) }
            }
            // A channel that failed ends like one that was read to its end.
            if (count < 0) body.closedCause?.let { throw it }
            return count
        } catch (e: Throwable) {
            if (e is Error || e is TimeLimitException) throw e
            // Whatever a connection says that we have just cut ourselves.
            currentCoroutineContext().ensureActive()
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

    private suspend fun firstByte(): Char? {
        var at = start
        while (true) {
            while (at < end) buffer[at++].let { if (it > ' '.code || it < 0) return it.toInt().toChar() }
            if (!readAhead()) return null
        }
    }

    /** The whole body, or its first [limit] bytes. */
    suspend fun text(limit: Int = Int.MAX_VALUE): String {
        do {
            val isEnough = end - start >= limit
        } while (!isEnough && readAhead())
        val to = if (end - start < limit) end else start + limit
        return buffer.decodeToString(start, to).also { start = end }
    }

    /** The body of a plain call. */
    suspend fun json(): String {
        if (!isJson()) throw unexpected(text(ERROR_BODY_BYTES))
        return text()
    }

    /**
     * For a body that should have nothing left: waits a moment for its end, since only a connection that was read to its
     * end can be used again, and else gives the connection up.
     */
    suspend fun drain() {
        val rest = ByteArray(READ_BYTES.toInt())
        val reachedEnd =
            try {
                withTimeoutOrNull(DRAIN_TIME) { (1..MAX_DRAIN_READS).any { read(rest) < 0 } }
            } catch (_: AiException) {
                // Nothing is missing: the answer was whole before.
                false
            }
        if (reachedEnd != true) response.cancel()
    }

    private fun empty() =
        EmptyResponseException("${call.provider} answered $status with an empty body${named(requestId)}", details().build())

    private fun unexpected(body: String) = UnexpectedContentException(
        "${call.provider} answered $status with ${contentType.ifEmpty { "no content type" }} instead of JSON or events" +
            "${named(requestId)}. Is ${call.address} the right address? It begins: ${excerptOf(body)}",
        details().excerpt(excerptOf(body)).build(),
    )

    companion object {
        /** How much of an error's body is read at all. */
        const val ERROR_BODY_BYTES = 64 * 1024
        private const val READ_BYTES = 8L * 1024
        private const val MAX_DRAIN_READS = 8
        private val NOTHING = ByteArray(0)
        private val DRAIN_TIME = 100.milliseconds

        fun named(requestId: String?): String = requestId?.let { " (request $it)" }.orEmpty()
    }
}
