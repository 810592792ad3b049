package dev.tandem.engine.httpcore

import io.kotest.assertions.nondeterministic.eventually
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.comparables.shouldBeLessThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import io.ktor.client.HttpClient
import io.ktor.client.network.sockets.ConnectTimeoutException
import io.ktor.client.network.sockets.SocketTimeoutException
import io.ktor.client.plugins.HttpRequestTimeoutException
import io.ktor.client.plugins.HttpTimeout
import io.ktor.client.plugins.HttpTimeoutConfig
import io.ktor.client.plugins.timeout
import io.ktor.client.request.get
import io.ktor.client.request.head
import io.ktor.client.request.header
import io.ktor.client.request.post
import io.ktor.client.request.prepareGet
import io.ktor.client.request.preparePost
import io.ktor.client.request.setBody
import io.ktor.client.statement.bodyAsBytes
import io.ktor.client.statement.bodyAsChannel
import io.ktor.client.statement.bodyAsText
import io.ktor.http.content.ChannelWriterContent
import io.ktor.http.content.OutgoingContent
import io.ktor.utils.io.ByteReadChannel
import io.ktor.utils.io.readAvailable
import io.ktor.utils.io.readBuffer
import io.ktor.utils.io.writeStringUtf8
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import kotlinx.io.readByteArray
import java.io.IOException
import java.net.InetAddress
import java.net.ServerSocket
import java.net.Socket
import java.net.UnknownHostException
import java.util.concurrent.CountDownLatch
import java.util.concurrent.atomic.AtomicInteger
import java.util.concurrent.atomic.AtomicLong
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/** A test with a server that does as told, and a client of it. */
internal fun FunSpec.scene(name: String, serve: Peer.(Int) -> Unit, body: suspend Scene.() -> Unit) = test(name) {
    Scene(RawServer(serve = serve)).use { it.body() }
}

internal const val BLOCK = 0x10000
internal const val LARGE = 32 * 1024 * 1024
internal const val AT_ONCE_MILLIS = 500L

internal fun client() = HttpClient(HttpCore) {
    install(HttpTimeout)
    engine { sslContext = Keys.client }
}

internal fun loops() = Thread
    .getAllStackTraces()
    .keys
    .filter { it.name.startsWith("tandem-loop") }
    .toSet()

internal class Scene(val server: RawServer) : AutoCloseable {
    val client = client()

    override fun close() {
        client.close()
        server.close()
    }
}

/** Takes no more connections, and refuses none: whoever wants one waits. */
internal class FullBacklog : AutoCloseable {
    private val listener = ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))
    private val sockets = List(4) { Socket() }
    val url = "http://127.0.0.1:${listener.localPort}/"

    init {
        for (socket in sockets) runCatching { socket.connect(listener.localSocketAddress, 100) }
    }

    override fun close() {
        sockets.forEach(Socket::close)
        listener.close()
    }
}
