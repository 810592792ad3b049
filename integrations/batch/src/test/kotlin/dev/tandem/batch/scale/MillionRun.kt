package dev.tandem.batch.scale

import dev.tandem.AiClient
import dev.tandem.batch.Batch
import dev.tandem.batch.BatchTask
import dev.tandem.batch.Oracle
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.sync.Semaphore
import java.nio.file.Path
import kotlin.time.measureTime

/** A million items through a provider that answers at once: how many, and a journal or none. Prints items a second. */
fun main(arguments: Array<String>) {
    val count = arguments[0].toInt()
    val journal = arguments.getOrNull(1)?.let(Path::of)
    AiClient(Oracle.forgetful()).use { ai ->
        val batch = Batch
            .builder(ai, BatchTask.generate())
            .concurrency(AT_ONCE)
            .journal(journal)
            .build()
        runBlocking {
            bare(ai, WARM)
            batched(Batch.builder(ai, BatchTask.generate()).concurrency(AT_ONCE).build(), WARM)
            val bare = count / measureTime { bare(ai, count) }.inWholeMilliseconds.coerceAtLeast(1)
            val batched = count / measureTime { check(batched(batch, count) == count) }.inWholeMilliseconds.coerceAtLeast(1)
            println("$batched items a millisecond, a bare loop $bare")
        }
    }
}

private suspend fun batched(batch: Batch<String, String>, count: Int): Int {
    var done = 0
    batch.run(prompts(count)).collect { if (it.isDone) done++ }
    return done
}

/** What somebody would write who needs none of the rest. */
private suspend fun bare(ai: AiClient, count: Int) = coroutineScope {
    val permits = Semaphore(AT_ONCE)
    prompts(count).collect { prompt ->
        permits.acquire()
        launch {
            ai.generate(prompt)
            permits.release()
        }
    }
}

private fun prompts(count: Int): Flow<String> = flow { for (number in 1..count) emit("number $number") }

private const val AT_ONCE = 64
private const val WARM = 50_000
