package dev.tandem.restate.server

import java.net.InetAddress
import java.net.ServerSocket
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.Path
import kotlin.io.path.absolutePathString

/** A Restate server, a [Program] that it knows of, and a referee. All are on the loopback interface, on ports that were free. */
class House : AutoCloseable {
    private val folder: Path = Files.createTempDirectory("restate")
    private val ports = freePorts(4)
    val referee = Referee()
    val effects: Path = folder.resolve("effects")
    val restate = Restate(ingress = "http://127.0.0.1:${ports[0]}", admin = "http://127.0.0.1:${ports[1]}")
    private var server: Child? = null
    private var program: Child? = null

    /** Of the program that was started last. */
    val pid: Long get() = program!!.pid

    init {
        try {
            startServer()
            startProgram()
            restate.register("http://127.0.0.1:${ports[3]}")
        } catch (e: Exception) {
            close()
            throw e
        }
    }

    fun startServer() {
        server = Server(folder, ingress = ports[0], admin = ports[1], nodes = ports[2]).start()
    }

    fun startProgram() {
        val java = Path(System.getProperty("java.home"), "bin", "java").absolutePathString()
        val options = listOf("-XX:TieredStopAtLevel=1", "-Dlog4j2.level=INFO", "-cp", System.getProperty("java.class.path"))
        val arguments = listOf("${ports[3]}", "${referee.port}", "$effects")
        val child = Child(listOf(java) + options + "dev.tandem.restate.server.ProgramKt" + arguments, folder.resolve("program.log"))
        program = child
        referee.hear(child.pid)
        child.await { it.startsWith("listening on") }
    }

    fun killServer() = server!!.kill()

    fun killProgram() = program!!.kill()

    fun awaitProgram(line: (String) -> Boolean) = program!!.await(line)

    /** To be shown when a test fails. */
    fun said(): String = "the server:\n${server?.said()}\nthe program:\n${program?.said()}"

    override fun close() {
        program?.close()
        server?.close()
        referee.close()
        folder.toFile().deleteRecursively()
    }

    private companion object {
        fun freePorts(count: Int): List<Int> =
            List(count) { ServerSocket(0, 1, InetAddress.getLoopbackAddress()) }.map { socket -> socket.use { it.localPort } }
    }
}
