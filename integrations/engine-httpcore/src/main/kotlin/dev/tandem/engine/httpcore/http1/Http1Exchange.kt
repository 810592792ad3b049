package dev.tandem.engine.httpcore.http1

import dev.tandem.engine.httpcore.wire.Body
import dev.tandem.engine.httpcore.wire.HeaderList
import dev.tandem.engine.httpcore.wire.WireRequest
import dev.tandem.engine.httpcore.wire.deliver
import dev.tandem.platform.EngineAnswer
import io.ktor.http.HttpProtocolVersion
import kotlinx.coroutines.CancellableContinuation
import kotlin.coroutines.resumeWithException

/** One question and its answer. Only the loop touches it once the question is under way. */
internal class Http1Exchange(
    val request: WireRequest,
    private val continuation: CancellableContinuation<EngineAnswer>,
    /** Whether the connection had one before. */
    val isReused: Boolean,
    tap: Body.Tap,
) : ResponseParser.Sink {
    private val answer = Body(tap)

    /** Come, but not told yet. */
    private var head: EngineAnswer? = null
    private var hasHead = false

    var hasEnded = false
        private set
    var isKept = false
        private set

    override val isHeadOnly: Boolean get() = request.method == "HEAD"

    override fun head(status: Int, headers: HeaderList) {
        if (headers.takeGzip()) answer.beginGzip()
        head = EngineAnswer(status, HttpProtocolVersion.HTTP_1_1, headers, answer)
    }

    override fun body(bytes: ByteArray, from: Int, to: Int) = answer.offer(bytes, from, to)

    override fun end(isKept: Boolean) {
        hasEnded = true
        this.isKept = isKept
    }

    /** Once for all that came in one read: the head goes out with the body that came with it. */
    fun flush() {
        tellHead()
        answer.flush()
    }

    fun finish() {
        answer.end()
        tellHead()
    }

    fun fail(cause: Throwable) {
        tellHead()
        if (hasHead) answer.fail(cause) else continuation.resumeWithException(cause)
    }

    private fun tellHead() {
        val response = head ?: return
        head = null
        hasHead = true
        continuation.deliver(response)
    }
}
