package dev.tandem.batch.journal

import dev.tandem.batch.AfterFailure
import dev.tandem.batch.Batch
import dev.tandem.batch.BatchResult
import dev.tandem.batch.BatchTask
import dev.tandem.batch.EarlierFailureException
import dev.tandem.batch.KeyTwiceException
import dev.tandem.batch.Oracle
import dev.tandem.batch.ResultFormat
import dev.tandem.batch.batch
import dev.tandem.batch.clientOf
import dev.tandem.batch.values
import dev.tandem.model.ChatRequest
import dev.tandem.model.Part
import dev.tandem.model.chatRequest
import dev.tandem.process.newFolder
import dev.tandem.structured.answerType
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.types.shouldBeInstanceOf
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.test.runTest
import kotlinx.serialization.Serializable
import kotlinx.serialization.builtins.serializer
import java.nio.file.Path

class ResumingSpec :
    StringSpec({
        "what is done is not done again, and is among the results" {
            runTest {
                val journal = newFolder().resolve("deep/in/run.journal")
                val oracle = Oracle()
                run(oracle, journal, listOf("a", "b"))
                val results = run(oracle, journal, listOf("c", "b", "a"))
                results.values.shouldContainExactly("re: c", "re: b", "re: a")
                results.map { it.effort.isResumed }.shouldContainExactly(false, true, true)
                results.map { it.effort.usage.totalTokens }.shouldContainExactly(15, 15, 15)
                oracle.calls shouldBe 3
            }
        }

        "the same content twice is two items" {
            runTest {
                val journal = newFolder().resolve("run.journal")
                val oracle = Oracle()
                run(oracle, journal, listOf("a", "a", "a")).size shouldBe 3
                oracle.calls shouldBe 3
                run(oracle, journal, listOf("a", "a", "a", "a")).count { it.effort.isResumed } shouldBe 3
                oracle.calls shouldBe 4
            }
        }

        "the same key twice is a failure of the second, each time" {
            runTest {
                val journal = newFolder().resolve("run.journal")
                repeat(2) {
                    val results = clientOf(Oracle()).batch(listOf("a 1", "a 2", "b 3")) { keyed(journal) }.toList()
                    results.map { it.valueOrNull }.shouldContainExactly("re: a 1", null, "re: b 3")
                    results[1].errorOrNull.shouldBeInstanceOf<KeyTwiceException>().message shouldContain "item 1 has the key 'a'"
                }
            }
        }

        "an item of the same key with another content is done anew, and once" {
            runTest {
                val journal = newFolder().resolve("run.journal")
                val oracle = Oracle()
                clientOf(oracle).batch(listOf("a 1")) { keyed(journal) }.collect()
                repeat(2) {
                    clientOf(oracle)
                        .batch(listOf("a 2")) { keyed(journal) }
                        .toList()
                        .values
                        .shouldContainExactly("re: a 2")
                }
                oracle.calls shouldBe 2
            }
        }

        "what has failed is tried again, or if that may help, or not" {
            runTest {
                suspend fun again(afterFailure: AfterFailure): Pair<Int, List<BatchResult<String, String>>> {
                    val journal = newFolder().resolve("run.journal")
                    var isMending = false
                    val oracle = Oracle {
                        if (isMending) {
                            it
                        } else {
                            throw if (it ==
                                "busy"
                            ) {
                                Oracle.tooFast()
                            } else {
                                IllegalStateException("odd")
                            }
                        }
                    }
                    val ai = clientOf(oracle)
                    ai.batch(listOf("busy", "odd")) { this.journal = journal }.collect()
                    isMending = true
                    val results = ai.batch(listOf("busy", "odd")) {
                        this.journal = journal
                        this.afterFailure = afterFailure
                        ordered = true
                    }
                    return results.toList().let { oracle.calls - 2 to it }
                }
                again(AfterFailure.RETRY).first shouldBe 2
                again(AfterFailure.RETRY_IF_IT_MAY_HELP).let { (calls, results) ->
                    calls shouldBe 1
                    results.values.shouldContainExactly("busy", null)
                }
                again(AfterFailure.KEEP).let { (calls, results) ->
                    calls shouldBe 0
                    val error = results[0].errorOrNull.shouldBeInstanceOf<EarlierFailureException>()
                    error.type shouldBe "RateLimitedException"
                    error.isRetryable shouldBe true
                    error.message shouldContain "too fast"
                }
            }
        }

        "all kinds of results are read again as they were" {
            @Serializable
            class City(val name: String)
            runTest {
                val ai = clientOf(Oracle { """{"name":"$it"}""" })

                suspend fun <T, R> twice(task: BatchTask<T, R>, item: T): R {
                    val journal = newFolder().resolve("run.journal")
                    ai.batch(listOf(item), task) { this.journal = journal }.collect()
                    val again = ai.batch(listOf(item), task) { this.journal = journal }.toList().single()
                    again.effort.isResumed shouldBe true
                    return again.orThrow()
                }
                twice(BatchTask.generate(), "x\u2028\n\"") shouldBe "{\"name\":\"x\u2028\n\"\"}"
                twice(BatchTask.extract(answerType<City>()), "Oslo").name shouldBe "Oslo"
                twice(BatchTask.embed(), "Oslo").vector.toList() shouldBe listOf(4f, 0.5f)
                twice(BatchTask.embedMany(), listOf("a", "bb")).map { it.vector[0] } shouldBe listOf(1f, 2f)
                twice(BatchTask.chat(), ChatRequest.of("Oslo")).let {
                    it.text shouldBe """{"name":"Oslo"}"""
                    it.usage.totalTokens shouldBe 15
                    it.model shouldBe "oracle-1"
                }
                twice(BatchTask.of<Int, Int>(ResultFormat.of(Int.serializer())) { it * 2 }, 4) shouldBe 8
            }
        }

        "two pictures are two contents" {
            runTest {
                val journal = newFolder().resolve("run.journal")
                val requests = listOf("A".repeat(400), "A".repeat(399) + "B").map { data ->
                    chatRequest { user(Part.Text("What is it?"), Part.Image("data:image/png;base64,$data")) }
                }
                val results = clientOf(Oracle()).batch(requests, BatchTask.chat()) { this.journal = journal }.toList()
                (results[0].key != results[1].key && results.none { '\u001f' in it.key }) shouldBe true
            }
        }

        "a task that nobody can write down has no journal, and items without a name none either" {
            runTest {
                val journal = newFolder().resolve("run.journal")
                val ai = clientOf(Oracle())
                shouldThrow<IllegalArgumentException> {
                    ai.batch(listOf(1), BatchTask.of<Int, Int> { it }) { this.journal = journal }
                }.message shouldContain "BatchTask.of(format)"
                val task = BatchTask.of<Path, String>(ResultFormat.of(String.serializer())) { "$it" }
                shouldThrow<IllegalArgumentException> { ai.batch(listOf(journal), task) { this.journal = journal }.collect() }
                    .message shouldContain "key { … }"
            }
        }

        "a key that cannot be made is the item's failure" {
            runTest {
                val journal = newFolder().resolve("run.journal")
                repeat(2) {
                    val results = Batch
                        .builder(clientOf(Oracle()), BatchTask.generate())
                        .journal(journal)
                        .key { text -> if (text == "b") "" else text }
                        .build()
                        .completeBatch(listOf("a", "b", "c"))
                    results.map { it.isDone }.shouldContainExactly(true, false, true)
                    results[1].errorOrNull?.message shouldContain "blank"
                }
            }
        }
    })

private fun Batch.Builder<String, String>.keyed(file: Path) {
    journal = file
    ordered = true
    key { it.substringBefore(' ') }
}

private suspend fun run(oracle: Oracle, journal: Path, items: List<String>): List<BatchResult<String, String>> = Batch
    .builder(clientOf(oracle), BatchTask.generate())
    .journal(journal)
    .build()
    .completeBatch(items)
