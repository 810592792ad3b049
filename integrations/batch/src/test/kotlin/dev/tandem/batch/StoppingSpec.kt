package dev.tandem.batch

import dev.tandem.process.newFolder
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainExactlyInAnyOrder
import io.kotest.matchers.nulls.shouldNotBeNull
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.types.shouldBeInstanceOf
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.runTest

class StoppingSpec :
    StringSpec({
        "stop brings what is under way to its end, and begins nothing new" {
            runTest {
                val stop = BatchStop()
                val oracle = Oracle { delay(100).let { _ -> it } }
                val seen = mutableListOf<String>()
                launch {
                    delay(50)
                    stop.stop()
                }
                val stopped = shouldThrow<BatchStoppedException> {
                    clientOf(oracle)
                        .batch((1..100).map { "$it" }) {
                            concurrency = 4
                            this.stop = stop
                        }.collect { seen += it.item }
                }
                seen.shouldContainExactlyInAnyOrder("1", "2", "3", "4")
                stopped.progress.done shouldBe 4
                stopped.message shouldContain "4 of 100"
                stopped.message shouldContain "journal"
            }
        }

        "stop does not wait for an input that says nothing" {
            runTest {
                val stop = BatchStop().apply { stop() }
                val items = flow<String> { awaitCancellation() }
                shouldThrow<BatchStoppedException> { clientOf(Oracle()).batch(items) { this.stop = stop }.collect() }
            }
        }

        "stop hands out what has come though some of it is not the next in order" {
            runTest {
                val stop = BatchStop()
                val oracle = Oracle { delay(if (it == "1") 5 else 10).let { _ -> if (it == "1") throw Oracle.refused() else it } }
                val seen = mutableListOf<String>()
                shouldThrow<BatchStoppedException> {
                    clientOf(oracle)
                        .batch(listOf("0", "1", "2")) {
                            concurrency = 3
                            ordered = true
                            this.stop = stop
                            endOn { it is dev.tandem.error.UnauthorizedException }
                        }.collect { seen += it.item }
                }
                seen shouldBe listOf("0", "2")
            }
        }

        "a refused key ends a run with a journal, and another goes on" {
            runTest {
                val journal = newFolder().resolve("run.journal")
                var isValid = true
                val oracle = Oracle { prompt -> if (prompt == "5" && isValid.also { isValid = false }) throw Oracle.refused() else prompt }
                val batch = Batch
                    .builder(clientOf(oracle), BatchTask.generate())
                    .concurrency(1)
                    .journal(journal)
                    .build()
                val stopped = shouldThrow<BatchStoppedException> { batch.run((1..9).map { "$it" }).collect() }
                stopped.cause.shouldNotBeNull().shouldBeInstanceOf<dev.tandem.error.UnauthorizedException>()
                stopped.progress.done shouldBe 4
                stopped.message shouldContain "same journal"
                batch.run((1..9).map { "$it" }).toList().count { it.isDone } shouldBe 9
                oracle.timesHeard("1") shouldBe 1
                oracle.timesHeard("5") shouldBe 2
            }
        }
    })
