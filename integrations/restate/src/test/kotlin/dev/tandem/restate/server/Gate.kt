package dev.tandem.restate.server

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.runInterruptible
import java.net.InetAddress
import java.net.InetSocketAddress
import java.nio.ByteBuffer
import java.nio.channels.SocketChannel

/** Where the actions of a [Program] wait for the [Referee] of the test. */
class Gate(port: Int) {
    private val address = InetSocketAddress(InetAddress.getLoopbackAddress(), port)

    /** Until the referee says so. */
    suspend fun pass(name: String) = runInterruptible(Dispatchers.IO) {
        open(name).use { check(it.read(ByteBuffer.allocate(1)) == 1) { "the test is over" } }
    }

    fun tell(what: String) = open(what).close()

    private fun open(line: String) = SocketChannel.open(address).apply {
        write(ByteBuffer.wrap("${ProcessHandle.current().pid()} $line\n".toByteArray()))
    }
}
