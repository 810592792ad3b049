package dev.tandem.testing

import java.net.InetAddress
import java.net.ServerSocket
import java.net.Socket
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.Semaphore
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicInteger
import javax.net.ServerSocketFactory
import javax.net.ssl.SSLContext

/**
 * A real HTTP server on loopback that does as it is told: it answers with whatever bytes a [Reply] holds, stalls, cuts,
 * and notices when a client gives up on an answer that is not finished.
 */
public class FakeServer private constructor(sockets: ServerSocketFactory, scheme: String, port: Int) : AutoCloseable {
    private val listener: ServerSocket = sockets.createServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress())
    private val queue = ConcurrentLinkedQueue<Reply>()
    private val connections = CopyOnWriteArrayList<FakeConnection>()
    private val arrived = LinkedBlockingQueue<FakeRequest>()
    private val hangUps = Semaphore(0)
    private val accepted = AtomicInteger()
    private val seen = CopyOnWriteArrayList<FakeRequest>()

    @Volatile private var answer: (FakeRequest) -> Reply = { error("no reply is set for ${it.method} ${it.path}") }

    /** Where it listens. */
    public val port: Int get() = listener.localPort

    /** The base URL for a provider. */
    public val url: String = "$scheme://127.0.0.1:${listener.localPort}/v1"

    /** Every request so far. */
    public val requests: List<FakeRequest> get() = seen

    /** How many connections were ever opened to this server. */
    public val connectionCount: Int get() = accepted.get()

    init {
        spawn("accept") { while (!listener.isClosed) accept(listener.accept()) }
    }

    /** The next request gets the next of these. */
    public fun enqueue(vararg replies: Reply): FakeServer = apply { queue += replies }

    /** Every request that finds nothing in the queue gets this. */
    public fun always(reply: Reply): FakeServer = answering { reply }

    /** Every request that finds nothing in the queue gets what [answer] makes of it. */
    public fun answering(answer: (FakeRequest) -> Reply): FakeServer = apply { this.answer = answer }

    /** Waits until one more request has arrived whole. */
    public fun awaitRequest(): FakeRequest = checkNotNull(arrived.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)) { "no request has come" }

    /** Waits until one more client has closed its socket on an unfinished answer. */
    public fun awaitHangUp(): Unit = awaitHangUp(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS))

    /** The same for at most [millis]. */
    public fun awaitHangUp(millis: Long): Unit =
        check(hangUps.tryAcquire(millis, TimeUnit.MILLISECONDS)) { "no client has hung up in $millis ms" }

    /** Cuts all connections. */
    override fun close() {
        listener.close()
        connections.forEach(FakeConnection::close)
    }

    private fun accept(socket: Socket) {
        // Each write is to reach the client by itself.
        socket.tcpNoDelay = true
        accepted.incrementAndGet()
        val connection = FakeConnection(socket, ::serve) { hangUps.release() }
        connections += connection
        spawn("read", connection::read)
    }

    private fun serve(request: FakeRequest): Reply {
        seen += request
        arrived += request
        return queue.poll() ?: answer(request)
    }

    /** How a server begins. */
    public companion object {
        /** Longer than anything here takes; only a failing test waits for it. */
        internal const val PATIENCE_SECONDS = 10L
        private const val BACKLOG = 2_000
        private const val STACK_BYTES = 512L * 1024

        /** On a port that is free. */
        @JvmStatic
        public fun start(): FakeServer = start(0)

        /** On [port]. */
        @JvmStatic
        public fun start(port: Int): FakeServer = FakeServer(ServerSocketFactory.getDefault(), "http", port)

        /** Speaks TLS with the key of [context], on a port that is free. */
        @JvmStatic
        public fun startTls(context: SSLContext): FakeServer = FakeServer(context.serverSocketFactory, "https", 0)

        internal fun spawn(name: String, body: () -> Unit) {
            val quiet = Runnable { runCatching(body) }
            Thread(null, quiet, "fake-server-$name", STACK_BYTES).apply { isDaemon = true }.start()
        }
    }
}
