package dev.tandem.bench.tandem

import dev.tandem.batch.Batch
import dev.tandem.batch.BatchTask
import dev.tandem.bench.CallTally
import dev.tandem.bench.Contender
import dev.tandem.bench.NotOffered
import dev.tandem.bench.Site
import dev.tandem.bench.StreamTally
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.runBlocking
import java.nio.file.Files
import java.nio.file.Path

/** Tandem's batches. */
open class BatchTandem(site: Site) : Contender {
    private val ai = Clients.open(site)

    override fun calls(prompt: String, count: Int, atOnce: Int, tally: CallTally): Unit = runBlocking(Dispatchers.Default) {
        val journal = newJournal()
        val batch = Batch
            .builder(ai, BatchTask.generate())
            .concurrency(atOnce)
            .journal(journal)
            .build()
        batch.run(List(count) { prompt }).collect { result ->
            val error = result.errorOrNull
            val begun = System.nanoTime() - result.effort.took.inWholeNanoseconds
            if (error == null) tally.done(begun, result.orThrow()) else tally.failed(error)
        }
        journal?.let(Files::delete)
    }

    override fun streams(prompt: String, count: Int, tally: StreamTally): Unit = throw NotOffered("streams")

    override fun close() = ai.close()

    protected open fun newJournal(): Path? = null
}
