package dev.tandem.batch

import dev.tandem.AiClient
import dev.tandem.cache.Cache
import dev.tandem.cache.MemoryCache
import dev.tandem.error.RateLimitedException
import dev.tandem.error.UnauthorizedException
import dev.tandem.resilience.Concurrency
import dev.tandem.structured.answerType
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.collections.shouldContainExactlyInAnyOrder
import io.kotest.matchers.comparables.shouldBeLessThanOrEqualTo
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.types.shouldBeInstanceOf
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.asFlow
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.onEach
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.test.testTimeSource
import kotlinx.coroutines.withTimeout
import kotlinx.serialization.Serializable
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

class RunSpec :
    StringSpec({
        "gives each item its result as it comes" {
            runTest {
                val oracle = Oracle { delay(it.length * 100L).let { _ -> "re: $it" } }
                val results = clientOf(oracle).batch(listOf("ccc", "a", "bb")) { concurrency = 3 }.toList()
                results.map { it.item }.shouldContainExactly("a", "bb", "ccc")
                results.values.shouldContainExactly("re: a", "re: bb", "re: ccc")
                results.map { it.index }.shouldContainExactly(1, 2, 0)
                currentTime shouldBe 300
            }
        }

        "gives them in the order of the input when asked to" {
            runTest {
                val oracle = Oracle { delay((100 - it.toInt()) * 10L).let { _ -> it } }
                val results = clientOf(oracle).batch((0..99).map { "$it" }) {
                    concurrency = 7
                    ordered = true
                }
                results.toList().values shouldBe (0..99).map { "$it" }
            }
        }

        "a failure is a value, and stops nobody" {
            runTest {
                val oracle = Oracle { if (it == "b") throw Oracle.tooFast() else it }
                val results = clientOf(oracle).completeBatch(listOf("a", "b", "", "c"))
                results.map { it.valueOrNull }.shouldContainExactly("a", null, null, "c")
                results[1].errorOrNull.shouldBeInstanceOf<RateLimitedException>()
                results[2].errorOrNull.shouldBeInstanceOf<IllegalArgumentException>().message shouldContain "must not be blank"
                shouldThrow<RateLimitedException> { results[1].orThrow() }
            }
        }

        "never does more at once than it may" {
            runTest {
                val oracle = Oracle { delay(10).let { _ -> it } }
                clientOf(oracle).batch((1..100).map { "$it" }) { concurrency = 9 }.collect()
                oracle.mostAtOnce shouldBe 9
                currentTime shouldBe 120
            }
        }

        "the limits of the client hold" {
            runTest {
                val oracle = Oracle { delay(10).let { _ -> it } }
                val ai = clientOf(oracle) { concurrency = Concurrency.atMost(3) }
                ai.batch((1..30).map { "$it" }) { concurrency = 30 }.collect()
                oracle.mostAtOnce shouldBe 3
            }
        }

        "reads no more than it has room for while nobody collects" {
            runTest {
                var read = 0
                val items = (1..10_000).asFlow().onEach { read++ }
                val results = clientOf(Oracle()).batch(items, BatchTask.generate().from { "$it" }) { concurrency = 5 }
                results.onEach { delay(1.seconds) }.take(3).collect()
                read shouldBeLessThanOrEqualTo 25
            }
        }

        "nothing is read or sent before it is collected, and each collector has a run of its own" {
            runTest {
                val oracle = Oracle()
                val results = clientOf(oracle).batch(listOf("a", "b"))
                oracle.calls shouldBe 0
                results.collect()
                results.collect()
                oracle.calls shouldBe 4
            }
        }

        "whoever has enough cancels what is under way" {
            runTest {
                val cancelled = CompletableDeferred<Unit>()
                val oracle = Oracle { if (it == "a") it else awaitOr(cancelled) }
                clientOf(oracle).batch(listOf("a", "b")) { concurrency = 2 }.take(1).collect()
                withTimeout(1.seconds) { cancelled.await() }
            }
        }

        "an input that fails fails the run after what was begun" {
            runTest {
                val items = flow {
                    emit("a")
                    emit("b")
                    throw java.io.IOException("the tape is torn")
                }
                val seen = mutableListOf<String>()
                shouldThrow<java.io.IOException> {
                    clientOf(Oracle { delay(50).let { _ -> it } }).batch(items).collect { seen += it.item }
                }
                seen.shouldContainExactlyInAnyOrder("a", "b")
            }
        }

        "an input that is cancelled by itself is no end" {
            runTest {
                val items = flow {
                    emit("a")
                    withTimeout(10.milliseconds) { awaitCancellation() }
                }
                shouldThrow<IllegalStateException> { clientOf(Oracle()).batch(items).collect() }.message shouldContain "cancelled"
            }
        }

        "a timeout within an item is only its own" {
            runTest {
                val task = BatchTask.of<Int, Int> { number ->
                    withTimeout(10.milliseconds) {
                        if (number ==
                            2
                        ) {
                            awaitCancellation()
                        } else {
                            number
                        }
                    }
                }
                val results = clientOf(Oracle()).batch(listOf(1, 2, 3), task) { ordered = true }.toList()
                results.values.shouldContainExactly(1, null, 3)
            }
        }

        "what the calls took is told of each item" {
            runTest {
                var isFirst = true
                val oracle = Oracle { if (isFirst) throw Oracle.tooFast().also { isFirst = false } else it }
                val ai = AiClient(oracle) { cache(Cache.of(MemoryCache(10))) }
                val first = ai.batch(listOf("a")).toList().single()
                first.effort.retries shouldBe 1
                first.effort.usage.totalTokens shouldBe 15
                first.effort.isCached shouldBe false
                val second = ai.batch(listOf("a")).toList().single()
                second.effort.isCached shouldBe true
                second.effort.usage.totalTokens shouldBe 0
            }
        }

        "does with an item whatever is asked" {
            runTest {
                val ai = clientOf(Oracle { """{"name":"$it"}""" })
                ai.batch(listOf("Oslo"), BatchTask.extract(answerType<City>())).toList().map { it.orThrow().name } shouldBe listOf("Oslo")
                ai.batch(listOf("Oslo"), BatchTask.embed()).toList().map { it.orThrow().vector[0] } shouldBe listOf(4f)
                ai.batch(listOf(listOf("a", "bb")), BatchTask.embedMany()).toList().map { it.orThrow().size } shouldBe listOf(2)
                ai.batch(listOf(2), BatchTask.of<Int, Int> { it * it }).toList().map { it.orThrow() } shouldBe listOf(4)
            }
        }

        "as many at once as the provider bears" {
            runTest {
                val oracle = Oracle { delay(100).let { _ -> it } }
                val batch = Batch
                    .builder(clientOf(oracle), BatchTask.generate())
                    .apply {
                        clock = testTimeSource
                    }.concurrency(Concurrency.adaptive(50))
                    .build()
                batch.run((1..400).map { "$it" }).collect()
                (oracle.mostAtOnce in 9..50) shouldBe true
            }
        }

        "fewer at once while the provider refuses" {
            runTest {
                var isBusy = false
                var most = 0
                val oracle = Oracle { prompt ->
                    if (prompt.toInt() == 200) isBusy = true
                    if (isBusy && prompt.toInt() > 300) most = maxOf(most, running)
                    delay(100)
                    if (isBusy) throw Oracle.tooFast() else prompt
                }
                val ai = clientOf(oracle) { obeysLimits = false }
                val batch = Batch
                    .builder(
                        ai,
                        BatchTask.generate(),
                    ).apply { clock = testTimeSource }
                    .concurrency(Concurrency.adaptive(50))
                    .build()
                batch.run((1..400).map { "$it" }).collect()
                (most in 1..3) shouldBe true
            }
        }

        "a client that is closed ends the run" {
            runTest {
                val clients = mutableListOf<AiClient>()
                val ai = clientOf(Oracle { if (it == "3") clients.single().close().let { _ -> it } else it })
                clients += ai
                shouldThrow<BatchStoppedException> { ai.batch((1..50).map { "$it" }) { concurrency = 1 }.collect() }
                    .cause
                    .shouldBeInstanceOf<IllegalStateException>()
            }
        }

        "without a journal a refused key is each item's own failure" {
            runTest {
                val results = clientOf(Oracle { throw Oracle.refused() }).completeBatch(listOf("a", "b"))
                results.map { it.errorOrNull.shouldBeInstanceOf<UnauthorizedException>() }.size shouldBe 2
            }
        }
    })

@Serializable
private class City(val name: String)

private suspend fun awaitOr(cancelled: CompletableDeferred<Unit>): String = try {
    awaitCancellation()
} finally {
    cancelled.complete(Unit)
}
