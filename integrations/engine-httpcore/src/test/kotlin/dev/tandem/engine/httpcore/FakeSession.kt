package dev.tandem.engine.httpcore

import org.apache.hc.core5.io.CloseMode
import org.apache.hc.core5.reactor.Command
import org.apache.hc.core5.reactor.EventMask
import org.apache.hc.core5.reactor.ProtocolIOSession
import org.apache.hc.core5.util.Timeout
import java.lang.reflect.Proxy
import java.nio.ByteBuffer
import java.util.concurrent.locks.Lock
import java.util.concurrent.locks.ReentrantLock

/** A socket that takes all and says nothing: the test is its loop, for what a real one does once in a blue moon. */
internal class FakeSession : ProtocolIOSession by unusable() {
    val commands = ArrayDeque<Command>()
    private val lock = ReentrantLock()
    private var isClosed = false
    private var timeout: Timeout = Timeout.DISABLED
    private var events = EventMask.READ

    override fun isOpen(): Boolean = !isClosed

    override fun getLock(): Lock = lock

    override fun getSocketTimeout(): Timeout = timeout

    override fun setSocketTimeout(timeout: Timeout) {
        this.timeout = timeout
    }

    override fun enqueue(command: Command, priority: Command.Priority) {
        commands += command
    }

    override fun write(source: ByteBuffer): Int = source.remaining().also { source.position(source.limit()) }

    override fun read(target: ByteBuffer): Int = 0

    override fun getEventMask(): Int = events

    override fun setEvent(op: Int) {
        events = events or op
    }

    override fun clearEvent(op: Int) {
        events = events and op.inv()
    }

    override fun close() = close(CloseMode.GRACEFUL)

    override fun close(mode: CloseMode) {
        isClosed = true
    }

    override fun getId(): String = "fake"
}

private fun unusable() = Proxy.newProxyInstance(
    FakeSession::class.java.classLoader,
    arrayOf(ProtocolIOSession::class.java),
) { _, method, _ -> throw UnsupportedOperationException("${method.name} of a fake session") } as ProtocolIOSession
