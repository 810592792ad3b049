package dev.tandem.mvstore

import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import java.io.BufferedReader
import java.nio.file.Path
import java.util.concurrent.TimeUnit

/** Another process with a cache: it says `open`, then the key of each entry as soon as it has put it, until somebody ends it. */
internal class Child private constructor(private val process: Process) : AutoCloseable {
    private val output: BufferedReader = process.inputStream.bufferedReader()

    /** The next line, or null when it has ended. */
    fun line(): String? = output.readLine()

    /** As `kill -9` does. What it has said can still be read, which is not so after [Process.destroyForcibly]. */
    fun kill() {
        process.toHandle().destroyForcibly()
    }

    /** All that it has still said. */
    fun rest(): List<String> = generateSequence { line() }.toList()

    /** Lets it close its cache. */
    fun leave() {
        process.outputStream.close()
        check(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) { "it does not end" }
    }

    override fun close() {
        process.destroyForcibly().waitFor()
    }

    companion object {
        private const val PATIENCE_SECONDS = 60L
        private const val HOLD = "hold"
        private const val FILL = "fill"
        private const val WRITERS = 3

        /** One that only holds the file. */
        fun holding(path: Path): Child = start(path, HOLD)

        /** One that writes entries, the first of them named after [from]. */
        fun writing(path: Path, from: Int): Child = start(path, "$from")

        /** One on a disk that has no room for files of more than [kilobytes]. It says how it got on with that. */
        fun filling(path: Path, kilobytes: Int): Child =
            start(path, FILL, "/bin/sh", "-c", "ulimit -f ${kilobytes * 2} && exec \"$0\" \"$@\"")

        private fun start(path: Path, what: String, vararg shell: String): Child {
            val java = ProcessHandle
                .current()
                .info()
                .command()
                .get()
            val classPath = System.getProperty("java.class.path")
            val options = listOf("-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xmx128m", "-cp", classPath)
            val command = shell.asList() + java + options + listOf(Child::class.java.name, "$path", what)
            return Child(ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start())
        }

        /** Puts entries until that fails, and then asks for the first. */
        private suspend fun fill(cache: DiskCache) {
            var count = 0
            try {
                while (true) {
                    cache.put("$count", ByteArray(10_000) { count.toByte() }, Long.MAX_VALUE)
                    count++
                }
            } catch (e: CacheFileException) {
                println(e.message)
            }
            println(cache.get("0")?.size)
            println(cache.get("${count - 1}")?.size)
        }

        @JvmStatic
        fun main(args: Array<String>) {
            DiskCache.open(Path.of(args[0])).use { cache ->
                println("open")
                if (args[1] == HOLD) {
                    System.`in`.read()
                    return
                }
                if (args[1] == FILL) return runBlocking { fill(cache) }
                runBlocking {
                    repeat(WRITERS) { writer ->
                        launch {
                            generateSequence(args[1].toInt() + writer) { it + WRITERS }.forEach {
                                cache.put("$it", answerOf("$it"), Long.MAX_VALUE)
                                println(it)
                            }
                        }
                    }
                }
            }
        }
    }
}
