package dev.tandem.telemetry

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.doubles.shouldBeBetween
import io.kotest.matchers.shouldBe
import io.kotest.property.Arb
import io.kotest.property.arbitrary.list
import io.kotest.property.arbitrary.long
import io.kotest.property.checkAll
import kotlin.math.ceil
import kotlin.time.Duration
import kotlin.time.Duration.Companion.nanoseconds

class HistogramSpec :
    FunSpec({
        test("nothing added, nothing to tell") {
            Histogram().percentile(0.99) shouldBe Duration.ZERO
        }

        test("every percentile is within a tenth of the exact one") {
            checkAll(500, Arb.list(Arb.long(0, 3_600_000_000_000), 1..200)) { nanos ->
                val histogram = Histogram()
                nanos.forEach { histogram.add(it.nanoseconds) }
                val sorted = nanos.sorted()
                for (share in listOf(0.01, 0.5, 0.95, 0.99, 1.0)) {
                    val exact = sorted[(ceil(share * sorted.size).toInt() - 1).coerceAtLeast(0)].toDouble()
                    histogram
                        .percentile(share)
                        .inWholeNanoseconds
                        .toDouble()
                        .shouldBeBetween(exact * 0.9 - 1, exact * 1.1 + 1, 0.0)
                }
            }
        }
    })
