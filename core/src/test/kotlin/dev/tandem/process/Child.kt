package dev.tandem.process

import java.io.File
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import kotlin.io.path.absolutePathString

/** Another JVM with this one's classes. */
class Child private constructor(private val process: Process, private val output: File) : AutoCloseable {
    val isAlive: Boolean get() = process.isAlive

    /** As `kill -9` does it: nothing in it hears of that. */
    fun kill() {
        process.destroyForcibly().waitFor()
    }

    /** Its exit code. */
    fun await(seconds: Long): Int {
        check(process.waitFor(seconds, TimeUnit.SECONDS)) { "it has not ended after $seconds seconds:\n${said()}" }
        return process.exitValue()
    }

    fun said(): String = output.readText()

    override fun close(): Unit = kill()

    companion object {
        /** Runs the main function in the file of [main], after [before] on the command line. */
        fun start(
            main: String,
            folder: Path,
            vararg arguments: String,
            options: List<String> = emptyList(),
            before: List<String> = emptyList(),
        ): Child {
            val java = Path.of(System.getProperty("java.home"), "bin", "java").absolutePathString()
            val output = File.createTempFile("child", ".log", folder.toFile())
            val command = before + java + options + listOf("-cp", System.getProperty("java.class.path"), main) + arguments
            val process = ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start()
            return Child(process, output)
        }
    }
}
