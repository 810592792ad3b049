package dev.tandem.batch

import dev.tandem.batch.provider.PieceSize
import dev.tandem.batch.provider.Side
import dev.tandem.error.NotSupportedException
import dev.tandem.error.RateLimitedException
import dev.tandem.privacy.Masking
import dev.tandem.structured.answerType
import dev.tandem.testing.OpenAiBatchPlay
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.types.shouldBeInstanceOf
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import kotlinx.serialization.Serializable

class PiecesSpec :
    FunSpec({
        for (side in Side.entries) {
            test("$side: items go in pieces, and each has its result") {
                HouseOfBatches(side).use { house ->
                    val results = Batch
                        .builder(house.ai, BatchTask.generate())
                        .pieces()
                        .ordered(true)
                        .build()
                        .run(PROMPTS)
                        .toList()
                    results.map { it.orThrow() } shouldBe PROMPTS
                    results
                        .first()
                        .effort.usage.totalTokens shouldBe 5
                    house.play.batches shouldHaveSize 3
                }
            }

            test("$side: what is cut short is collected by the next run, and not handed in again") {
                HouseOfBatches(side).use { house ->
                    house.isBusy = true
                    val batch = Batch
                        .builder(house.ai, BatchTask.generate())
                        .pieces()
                        .journal(house.journal)
                        .build()
                    withContext(Dispatchers.Default) {
                        val first = launch { batch.run(PROMPTS).collect() }
                        house.looks.await()
                        first.cancel()
                        first.join()
                    }
                    house.isBusy = false
                    val before = house.play.batches.size
                    val results = batch.run(PROMPTS).toList()
                    results.map { it.orThrow() }.sorted() shouldBe PROMPTS.sorted()
                    // Whatever was meant to be made, and not heard of, is found or made once.
                    house.play.batches shouldHaveSize 3
                    (before in 1..3) shouldBe true
                    house.play.batches.sumOf { house.play.requestsOf(it).size } shouldBe PROMPTS.size
                    batch.run(PROMPTS).toList().all { it.effort.isResumed } shouldBe true
                    house.play.batches shouldHaveSize 3
                }
            }

            test("$side: an answer that is an error is that item's own") {
                HouseOfBatches(side).use { house ->
                    house.answer = { body -> if ("prompt 3\"" in body) side.error(429, "too fast") else null }
                    val results = Batch
                        .builder(house.ai, BatchTask.generate())
                        .pieces()
                        .build()
                        .completeBatch(PROMPTS)
                    results.count { it.isDone } shouldBe PROMPTS.size - 1
                    results[2].errorOrNull.shouldBeInstanceOf<RateLimitedException>()
                }
            }
        }

        test("an item that waits for the end of the input holds up nobody, not even in order") {
            HouseOfBatches(Side.ANTHROPIC).use { house ->
                val many = (1..500).map { "prompt $it" }
                val batch = Batch.builder(house.ai, BatchTask.generate()).pieces().concurrency(1)
                val large = batch.pieces(PieceSize.of(400, 1_000_000), 1).build()
                large.completeBatch(many).map { it.orThrow() } shouldBe many
            }
        }

        test("without a journal it is cancelled, since nobody would come back") {
            HouseOfBatches(Side.OPENAI).use { house ->
                house.isBusy = true
                withContext(Dispatchers.Default) {
                    val run = launch {
                        Batch
                            .builder(house.ai, BatchTask.generate())
                            .pieces()
                            .build()
                            .run(PROMPTS.take(2))
                            .collect()
                    }
                    house.looks.await()
                    run.cancel()
                    run.join()
                }
                house.asked("cancel") shouldBe 1
            }
        }

        test("a batch that is refused for one line is handed in again without it") {
            HouseOfBatches(Side.OPENAI).use { house ->
                val results = house.refusingTheFirst(line = 2)
                results.count { it.isDone } shouldBe PROMPTS.size - 1
                results[1].errorOrNull?.message shouldContain "no such model"
                house.play.batches shouldHaveSize 4
            }
        }

        test("a batch that is refused for no line of its own is not handed in again") {
            HouseOfBatches(Side.OPENAI).use { house ->
                val results = house.refusingTheFirst(line = 7)
                results.map { it.isDone }.shouldContainExactly(false, false, true, true, true)
                house.play.batches shouldHaveSize 3
            }
        }

        test("typed answers come through, and what is none is a failure") {
            HouseOfBatches(Side.OPENAI).use { house ->
                house.answer = { body -> house.side.chat(if ("Oslo" in body) """{"name":"Oslo"}""" else "no idea") }
                val batch = Batch.builder(house.ai, BatchTask.extract(answerType<Town>())).pieces().build()
                val results = batch.completeBatch(listOf("Oslo", "Rome"))
                results[0].orThrow().name shouldBe "Oslo"
                results[1].errorOrNull?.message shouldContain "the answer is no Town"
            }
        }

        test("what cannot be handed in is refused, item by item") {
            HouseOfBatches(Side.OPENAI).use { house ->
                val vectors = Batch
                    .builder(house.ai, BatchTask.embed())
                    .pieces()
                    .build()
                    .completeBatch(listOf("a"))
                vectors.single().errorOrNull?.message shouldContain "only chats"
                val blank = Batch
                    .builder(house.ai, BatchTask.generate())
                    .pieces()
                    .build()
                    .completeBatch(listOf("a", " "))
                blank.map { it.isDone }.shouldContainExactly(true, false)
            }
            HouseOfBatches(Side.OPENAI) { masking = Masking.COMMON }.use { house ->
                val masked = Batch
                    .builder(house.ai, BatchTask.generate())
                    .pieces()
                    .build()
                    .completeBatch(listOf("a"))
                masked
                    .single()
                    .errorOrNull
                    .shouldBeInstanceOf<NotSupportedException>()
                    .message shouldContain "masking"
            }
        }
    })

private val PROMPTS = (1..5).map { "prompt $it" }

private suspend fun HouseOfBatches.refusingTheFirst(line: Int): List<BatchResult<String, String>> {
    val play = play as OpenAiBatchPlay
    whenDone = { id -> if (id == play.batches.first()) play.reject(id, line, "invalid_value", "no such model") else null }
    return Batch
        .builder(ai, BatchTask.generate())
        .pieces()
        .pieces(PieceSize.of(2, 1_000_000), 1)
        .build()
        .completeBatch(PROMPTS)
}

@Serializable
private class Town(val name: String)
