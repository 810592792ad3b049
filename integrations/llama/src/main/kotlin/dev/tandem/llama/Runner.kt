package dev.tandem.llama

import de.kherud.llama.InferenceParameters
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.RejectedExecutionException
import java.util.concurrent.ThreadPoolExecutor

/** The answers of one client in the making. */
internal class Runner(parallel: Int) {
    private val threads: ThreadPoolExecutor = daemonThreads("tandem-llama", parallel)
    private val running: MutableSet<Generation> = ConcurrentHashMap.newKeySet()

    @Volatile private var isClosed = false

    fun check(): Unit = check(!isClosed) { CLOSED }

    /** Suspends until a slot is free; cancelling leaves the queue. */
    suspend fun start(model: LoadedModel, parameters: InferenceParameters): Generation {
        model.slots.acquire()
        val generation = Generation(model, parameters, model.slots::release)
        running += generation
        try {
            threads.execute(generation)
        } catch (e: RejectedExecutionException) {
            running -= generation
            model.slots.release()
            throw IllegalStateException(CLOSED, e)
        }
        if (isClosed) generation.fail(IllegalStateException(CLOSED))
        return generation
    }

    fun end(generation: Generation) {
        running -= generation
        generation.cancel()
    }

    /** Answers under way end with an exception at their next token, and the threads with them. */
    fun close() {
        isClosed = true
        threads.shutdown()
        running.forEach { it.fail(IllegalStateException(CLOSED)) }
    }

    private companion object {
        const val CLOSED = "this client is closed: make a new one"
    }
}
