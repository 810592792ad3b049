package dev.tandem.restate.server

import java.nio.file.Path
import java.nio.file.StandardOpenOption.APPEND
import java.nio.file.StandardOpenOption.CREATE
import java.util.concurrent.TimeUnit
import java.util.concurrent.locks.ReentrantLock
import kotlin.concurrent.thread
import kotlin.concurrent.withLock
import kotlin.io.path.bufferedWriter

/** A process, and what it says, which goes to [log] as well. */
class Child(command: List<String>, private val log: Path, environment: Map<String, String> = emptyMap()) : AutoCloseable {
    private val process = ProcessBuilder(command).redirectErrorStream(true).apply { environment().putAll(environment) }.start()
    private val lock = ReentrantLock()
    private val more = lock.newCondition()

    /** Guarded by [lock], as is [isOver]. */
    private val lines = ArrayList<String>()
    private var isOver = false
    val pid: Long get() = process.pid()

    init {
        thread(isDaemon = true, name = "output of $pid", block = ::listen)
    }

    private fun listen() {
        log.bufferedWriter(options = arrayOf(CREATE, APPEND)).use { out ->
            process.inputStream.bufferedReader().forEachLine { line ->
                out.appendLine(line)
                out.flush()
                lock.withLock {
                    lines += line
                    more.signalAll()
                }
            }
        }
        lock.withLock {
            isOver = true
            more.signalAll()
        }
    }

    fun await(what: (String) -> Boolean) = lock.withLock {
        var nanos = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)
        while (lines.none(what)) {
            check(nanos > 0 && !isOver) { "it has not said what it was to say, but:\n${said()}" }
            nanos = more.awaitNanos(nanos)
        }
    }

    fun said(): String = lock.withLock { lines.takeLast(LAST).joinToString("\n") }

    /** As `kill -9` does it: nothing in it hears of that. */
    fun kill() {
        process.destroyForcibly().waitFor()
    }

    override fun close() = kill()

    private companion object {
        const val PATIENCE_SECONDS = 60L
        const val LAST = 100
    }
}
