package dev.tandem.engine.httpcore.http2

import dev.tandem.engine.httpcore.wire.Body
import dev.tandem.engine.httpcore.wire.HeaderList
import dev.tandem.engine.httpcore.wire.Route
import dev.tandem.engine.httpcore.wire.StaleConnectionException
import dev.tandem.engine.httpcore.wire.WireRequest
import dev.tandem.engine.httpcore.wire.deliver
import dev.tandem.platform.EngineAnswer
import dev.tandem.platform.Phases.Phase
import io.ktor.http.HttpProtocolVersion
import kotlinx.coroutines.CancellableContinuation
import org.apache.hc.core5.concurrent.Cancellable
import org.apache.hc.core5.http.ConnectionClosedException
import org.apache.hc.core5.http.EntityDetails
import org.apache.hc.core5.http.Header
import org.apache.hc.core5.http.HttpException
import org.apache.hc.core5.http.HttpResponse
import org.apache.hc.core5.http.RequestNotExecutedException
import org.apache.hc.core5.http.impl.BasicEntityDetails
import org.apache.hc.core5.http.message.BasicHttpRequest
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler
import org.apache.hc.core5.http.nio.CapacityChannel
import org.apache.hc.core5.http.nio.DataStreamChannel
import org.apache.hc.core5.http.nio.RequestChannel
import org.apache.hc.core5.http.protocol.HttpContext
import org.apache.hc.core5.http2.H2Error
import org.apache.hc.core5.http2.H2StreamResetException
import org.apache.hc.core5.net.URIAuthority
import java.io.IOException
import java.net.SocketException
import java.nio.ByteBuffer
import java.nio.channels.CancelledKeyException
import java.nio.channels.ClosedChannelException
import java.util.concurrent.atomic.AtomicBoolean
import kotlin.coroutines.resumeWithException

/** One question and its answer on a stream of HTTP/2. The loop calls it, but for [abandon] and the tap. */
internal class Http2Exchange(
    private val request: WireRequest,
    private val route: Route,
    private val continuation: CancellableContinuation<EngineAnswer>,
    private val stream: Cancellable,
    private val connection: Http2Connection,
    /** Whether the connection had been used before, and then had nothing to do. */
    private val wasIdle: Boolean,
) : AsyncClientExchangeHandler,
    Body.Tap {
    private val unsent = ByteBuffer.wrap(request.body)
    private val answer = Body(this)
    private val isReleased = AtomicBoolean()
    private val isTold = AtomicBoolean()
    private var hasHead = false

    /** Told before the loop releases it: whoever was told may ask again on the same connection at once. */
    @Volatile private var hasEnded = false

    /** 0 as long as there is none. */
    @Volatile var streamId = 0
        private set

    val isOver: Boolean get() = hasEnded || isReleased.get()

    /** Whether the server may still say something. */
    val isUnderWay: Boolean get() = streamId != 0 && !isOver

    @Volatile private var window: CapacityChannel? = null

    override fun produceRequest(channel: RequestChannel, context: HttpContext) {
        val head = BasicHttpRequest(request.method, if (route.isSecure) "https" else "http", null, request.path)
        head.setAuthority(URIAuthority.create(route.authority))
        request.headers.forEachHeader(head::addHeader)
        if (request.hasBody) head.addHeader("content-length", request.body.size)
        channel.sendRequest(head, if (request.hasBody) BasicEntityDetails(request.body.size.toLong(), null) else null, context)
        streamId = connection.opened
        request.enter(if (request.hasBody) Phase.WRITING else Phase.WAITING)
    }

    override fun available(): Int = unsent.remaining()

    override fun produce(channel: DataStreamChannel) {
        if (unsent.hasRemaining()) channel.write(unsent)
        if (unsent.hasRemaining()) return
        channel.endStream()
        request.enter(Phase.WAITING)
    }

    override fun consumeInformation(response: HttpResponse, context: HttpContext) = Unit

    override fun consumeResponse(response: HttpResponse, entity: EntityDetails?, context: HttpContext) {
        if (!isTold.compareAndSet(false, true)) return
        val headers = HeaderList()
        for (header in response.headerIterator()) headers.add(header.name, header.value)
        if (entity == null) {
            end()
        } else if (headers.takeGzip()) {
            answer.beginGzip()
        }
        hasHead = true
        continuation.deliver(EngineAnswer(response.code, HttpProtocolVersion.HTTP_2_0, headers, answer))
    }

    override fun updateCapacity(window: CapacityChannel) {
        this.window = window
    }

    override fun consume(bytes: ByteBuffer) {
        answer.offer(bytes)
        answer.flush()
    }

    override fun streamEnd(trailers: List<Header>?) = end()

    private fun end() {
        hasEnded = true
        answer.end()
    }

    override fun failed(cause: Exception) {
        // HttpCore's own kind is no IOException.
        val failure = if (cause is HttpException) IOException("${route.target} breaks HTTP/2: ${cause.message}", cause) else cause
        if (hasHead) return answer.fail(failure)
        if (isTold.compareAndSet(
                false,
                true,
            )
        ) {
            continuation.resumeWithException(if (isUntouched(cause)) StaleConnectionException(cause) else failure)
        }
    }

    /** Whether the server has not begun with it, by its own words or by having closed before. */
    private fun isUntouched(cause: Exception) = when (cause) {
        is RequestNotExecutedException -> true

        is H2StreamResetException -> cause.code == H2Error.REFUSED_STREAM.code

        is ConnectionClosedException, is ClosedChannelException, is SocketException -> wasIdle

        // The JDK's, of what the system says: a broken pipe. What breaks TLS or HTTP/2, and silence, have kinds of their own.
        else -> wasIdle && cause.javaClass == IOException::class.java
    }

    /** The server says that it will not begin with it. */
    fun refused() {
        failed(RequestNotExecutedException())
        abandon()
    }

    /** Taken back before it was sent: the connection was closed meanwhile. */
    override fun cancel() = failed(RequestNotExecutedException())

    override fun releaseResources() {
        if (isReleased.compareAndSet(false, true)) connection.ended(this)
    }

    override fun arrived(waiting: Long) = Unit

    /** The server may send as much as the reader has taken. */
    override fun taken(count: Long) {
        try {
            window?.update(count.toInt())
        } catch (_: IOException) {
            // It was closed this moment, and whoever did that tells.
        } catch (_: CancelledKeyException) {
            // The same.
        }
    }

    override fun abandon() {
        connection.abandoned(this)
        stream.cancel()
    }
}
