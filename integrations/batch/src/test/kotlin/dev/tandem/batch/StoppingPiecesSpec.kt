package dev.tandem.batch

import dev.tandem.batch.provider.Side
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import java.io.IOException
import kotlin.io.path.readText

class StoppingPiecesSpec :
    FunSpec({
        test("stop leaves what was handed in, and says how to go on") {
            // Often, since whoever stops it and whoever waits for it are threads of their own.
            repeat(50) {
                HouseOfBatches(Side.OPENAI).use { house ->
                    house.isBusy = true
                    val stop = BatchStop()
                    withContext(Dispatchers.Default) {
                        launch {
                            house.looks.await()
                            stop.stop()
                        }
                        val stopped = shouldThrow<BatchStoppedException> { house.batch(stop).run(PROMPTS).collect() }
                        stopped.message shouldContain "same journal"
                    }
                    house.journal.readText() shouldContain "\"ticket\""
                    house.asked("cancel") shouldBe 0
                }
            }
        }

        test("stop leaves what was handed in also after the input broke off") {
            HouseOfBatches(Side.OPENAI).use { house ->
                house.isBusy = true
                val stop = BatchStop()
                val isBroken = Job()
                val broken = flow {
                    PROMPTS.forEach { emit(it) }
                    house.looks.await()
                    isBroken.complete()
                    throw IOException("the input broke off")
                }
                // One after the other: the input is over when it is stopped.
                withContext(Dispatchers.Default.limitedParallelism(1)) {
                    launch {
                        isBroken.join()
                        stop.stop()
                    }
                    shouldThrow<IOException> { house.batch(stop).run(broken).collect() }
                }
                house.asked("cancel") shouldBe 0
            }
        }
    })

private val PROMPTS = (1..5).map { "prompt $it" }

private fun HouseOfBatches.batch(stop: BatchStop): Batch<String, String> = Batch
    .builder(ai, BatchTask.generate())
    .pieces()
    .journal(journal)
    .stop(stop)
    .build()
