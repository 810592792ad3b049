package dev.tandem.redis

import redis.embedded.core.ExecutableProvider
import java.io.BufferedReader
import java.net.ServerSocket
import java.util.concurrent.CompletableFuture
import java.util.concurrent.TimeUnit

/** A real Redis in a process of its own, on a port that it keeps. Not yet running when [isRunning] is false. */
class Server(private vararg val settings: String, isRunning: Boolean = true) : AutoCloseable {
    val port: Int = ServerSocket(0).use { it.localPort }
    val uri: String = "redis://127.0.0.1:$port"
    private var process: Process? = null

    init {
        if (isRunning) start()
    }

    fun start() {
        val arguments = listOf("--port", "$port", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no") + settings
        val started = ProcessBuilder(listOf(EXECUTABLE) + arguments).redirectErrorStream(true).start()
        process = started
        LEFT += started
        val ready = CompletableFuture.supplyAsync { started.inputStream.bufferedReader().isReady() }
        check(ready.get(DEADLINE_SECONDS, TimeUnit.SECONDS)) { "redis-server ended at once" }
    }

    /** As `kill -9` does: no goodbye. */
    fun kill() {
        val killed = checkNotNull(process) { "not running" }
        killed.destroyForcibly()
        check(killed.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) { "redis-server does not die" }
        LEFT -= killed
        process = null
    }

    /** It keeps its connections, and answers nothing. */
    fun freeze() = signal("STOP")

    fun thaw() = signal("CONT")

    private fun signal(name: String) {
        val status = ProcessBuilder("kill", "-$name", "${checkNotNull(process).pid()}").start().waitFor()
        check(status == 0) { "kill -$name: $status" }
    }

    override fun close() {
        if (process != null) kill()
    }

    private companion object {
        const val DEADLINE_SECONDS = 20L
        val EXECUTABLE: String = ExecutableProvider.newJarResourceProvider().get().absolutePath
        val LEFT: MutableSet<Process> = java.util.concurrent.ConcurrentHashMap
            .newKeySet()

        init {
            Runtime.getRuntime().addShutdownHook(Thread { LEFT.forEach { it.destroyForcibly() } })
        }

        fun BufferedReader.isReady(): Boolean {
            while (true) {
                val line = readLine() ?: return false
                if ("eady to accept connections" in line) return true
            }
        }
    }
}
