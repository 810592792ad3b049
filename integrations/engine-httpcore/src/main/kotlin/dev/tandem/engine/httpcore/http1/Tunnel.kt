package dev.tandem.engine.httpcore.http1

import dev.tandem.engine.httpcore.wire.Route
import org.apache.hc.core5.reactor.EventMask
import org.apache.hc.core5.reactor.IOSession
import java.io.EOFException
import java.io.IOException
import java.net.ProtocolException
import java.nio.ByteBuffer

/** The way through an HTTP proxy: it is asked for by CONNECT, and from its 200 on the proxy only passes bytes on. */
internal class Tunnel(private val route: Route) {
    private val question = ByteBuffer.wrap("CONNECT ${route.target} HTTP/1.1\r\nHost: ${route.target}\r\n\r\n".toByteArray())
    private val answer = StringBuilder()
    private val one = ByteBuffer.allocate(1)

    fun ask(session: IOSession) {
        if (!continueAsking(session)) session.setEvent(EventMask.WRITE)
    }

    /** True when all is said. */
    fun continueAsking(session: IOSession): Boolean {
        session.write(question)
        return !question.hasRemaining()
    }

    /** Byte by byte: what follows the proxy's answer belongs to TLS already. */
    fun isOpenAfter(session: IOSession): Boolean {
        while (!answer.endsWith("\r\n\r\n")) {
            one.clear()
            val count = session.read(one)
            if (count < 0) throw EOFException("the proxy ${route.firstHop} closed the connection before it had answered")
            if (count == 0) return false
            answer.append(one[0].toInt().toChar())
            if (answer.length > MOST_CHARS) throw ProtocolException("the proxy ${route.firstHop} says more than $MOST_CHARS characters")
        }
        val status = answer.lineSequence().first()
        if (SUCCESS.matches(status)) return true
        throw IOException("the proxy ${route.firstHop} opens no tunnel to ${route.target}: $status")
    }

    private companion object {
        const val MOST_CHARS = 8 * 1024
        val SUCCESS = Regex("HTTP/1\\.[01] 2\\d\\d.*")
    }
}
