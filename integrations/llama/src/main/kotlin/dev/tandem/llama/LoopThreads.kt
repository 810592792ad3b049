package dev.tandem.llama

import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.locks.LockSupport
import kotlin.system.exitProcess

/**
 * Each loaded model has a native thread that the JVM counts as a user thread, though nobody can end it: a program would
 * never end after its `main`. So a daemon thread waits until all that keeps the program alive are such threads, and then
 * ends it, with the status that the JVM would have given: 1 when `main` threw, else 0.
 */
internal object LoopThreads {
    private const val JVM_WAITS_FOR_ITS_END = "DestroyJavaVM"
    private const val PAUSE_NANOS = 20_000_000L

    private val loops: MutableSet<Thread> = ConcurrentHashMap.newKeySet()

    @Volatile private var mainFailed = false

    private val watcher by lazy {
        mainThread()?.let(::noticeFailure)
        // Not of the caller's group, whose threads others may want to end: those of Maven's exec plugin do.
        Thread(rootGroup(), ::awaitEnd, "tandem-llama-exit").apply { isDaemon = true }.also(Thread::start)
    }

    /** Runs [load] and remembers the threads it left behind. */
    fun <T> watch(load: () -> T): T {
        val before = allThreads().toSet()
        val loaded = load()
        loops += allThreads().filter { it !in before && isLoop(it) }
        watcher
        return loaded
    }

    /** It has no stack, since no Java code ever runs on it. Nor has the JVM's own, which comes when `main` returns: maybe meanwhile. */
    private fun isLoop(thread: Thread) =
        !thread.isDaemon && thread.javaClass == Thread::class.java && thread.name != JVM_WAITS_FOR_ITS_END && thread.stackTrace.isEmpty()

    /** The first of its name in the group of its name. Its id is 1 on older JDKs, but 3 on JDK 25. */
    @Suppress("DEPRECATION")
    private fun mainThread() = allThreads().filter { it.name == "main" && it.threadGroup?.name == "main" }.minByOrNull { it.id }

    private fun noticeFailure(main: Thread) {
        val group = main.threadGroup
        if (main.uncaughtExceptionHandler !== group) return
        main.setUncaughtExceptionHandler { thread, failure ->
            mainFailed = true
            group.uncaughtException(thread, failure)
        }
    }

    private fun awaitEnd() {
        while (true) {
            val (jvm, others) = allThreads().filter { !it.isDaemon && it !in loops }.partition { it.name == JVM_WAITS_FOR_ITS_END }
            val other = others.firstOrNull()
            when {
                other != null -> awaitEndOf(other)
                jvm.isNotEmpty() -> exitProcess(if (mainFailed) 1 else 0)
                else -> LockSupport.parkNanos(PAUSE_NANOS)
            }
        }
    }

    /** An interrupt is for nobody here: without this thread the program would not end. */
    private fun awaitEndOf(other: Thread) {
        try {
            other.join()
        } catch (_: InterruptedException) {
            LockSupport.parkNanos(PAUSE_NANOS)
        }
    }

    private fun rootGroup(): ThreadGroup = generateSequence(Thread.currentThread().threadGroup) { it.parent }.last()

    private fun allThreads(): List<Thread> {
        val root = rootGroup()
        val found = arrayOfNulls<Thread>(2 * root.activeCount() + 16)
        return found.take(root.enumerate(found)).filterNotNull()
    }
}
