package dev.tandem.llama

import dev.tandem.AiClient
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking

/** Small programs for [ProgramSpec]. */
internal object QuickStart {
    @JvmStatic
    fun main(args: Array<String>) {
        val ai = AiClient(Llama.bundled())
        if ("interrupted" in args) return interruptedAfter { println(runBlocking { ai.generate("Hello!") }) }
        if ("late" in
            args
        ) {
            Thread { println(runBlocking { ai.generate("Hello!") }) }.start()
        } else {
            println(runBlocking { ai.generate("Hello!") })
        }
        if ("midway" in args) runBlocking { ai.stream("What is a coroutine?").first() }
        if ("broken" in
            args
        ) {
            runCatching { runBlocking { AiClient(Llama.of(fileOf(bundledBytes.copyOf(8000)).toString())).generate("Hello!") } }
        }
        if ("fail" in args) error("on purpose")
    }

    /** Runs [program] in a group of threads, ends all of these, and waits until they have ended. */
    private fun interruptedAfter(program: () -> Unit) {
        val group = ThreadGroup("program")
        Thread(group, program).apply { start() }.join()
        group.interrupt()
        val threads = arrayOfNulls<Thread>(THREADS)
        threads.take(group.enumerate(threads)).forEach { it?.join() }
    }

    private const val THREADS = 100
}
