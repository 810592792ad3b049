package dev.tandem.batch

import dev.tandem.accounting.Price
import dev.tandem.accounting.Prices
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.asFlow
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.test.testTimeSource

class ProgressSpec :
    StringSpec({
        "tells twice a second how far it is, and at the end" {
            runTest {
                val told = mutableListOf<BatchProgress>()
                val oracle = Oracle { if (it == "7") error("odd") else delay(100).let { _ -> it } }
                Batch
                    .builder(clientOf(oracle), BatchTask.generate())
                    .apply { clock = testTimeSource }
                    .concurrency(2)
                    .progress(told::add)
                    .build()
                    .run((1..100).map { "$it" })
                    .collect()
                val middle = told[4]
                middle.total shouldBe 100
                middle.elapsedMillis shouldBe 2_500
                middle.perSecond shouldBe (20.0 plusOrMinus 1.0)
                checkNotNull(middle.remainingMillis) / 1e3 shouldBe (2.5 plusOrMinus 0.2)
                middle.running shouldBe 2
                val last = told.last()
                last.done shouldBe 99
                last.failed shouldBe 1
                last.running shouldBe 0
                last.usage.totalTokens shouldBe 99 * 15
            }
        }

        "says what it has cost, where that is known" {
            runTest {
                val told = mutableListOf<BatchProgress>()
                val ai = clientOf(Oracle()) { prices = Prices.bundled().with("oracle-1", Price(1.0, 2.0)) }
                ai.batch(listOf("a", "b")) { progress(told::add) }.collect()
                told.last().usd shouldBe (2 * (10 * 1.0 + 5 * 2.0) / 1e6 plusOrMinus 1e-9)
            }
        }

        "does not know how much is left where nobody knows how many there are" {
            runTest {
                val told = mutableListOf<BatchProgress>()
                clientOf(Oracle()).batch(listOf("a", "b").asFlow()) { progress(told::add) }.collect()
                told.last().total shouldBe null
                told.last().remainingMillis shouldBe null
            }
        }

        "a listener that throws harms nobody" {
            runTest {
                clientOf(Oracle()).batch(listOf("a")) { progress { error("no") } }.collect()
            }
        }

        "of late is the last minute" {
            runTest {
                val pace = Pace(testTimeSource.markNow())
                repeat(600) {
                    delay(100)
                    pace.step()
                }
                pace.perSecond() shouldBe (10.0 plusOrMinus 0.5)
                repeat(60) {
                    delay(1_000)
                    pace.step()
                }
                pace.perSecond() shouldBe (1.0 plusOrMinus 0.1)
                delay(600_000)
                pace.perSecond() shouldBe 0.0
            }
        }
    })
