package dev.tandem.jtokkit

import dev.tandem.accounting.TokenCounter
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.ints.shouldBeGreaterThanOrEqual
import io.kotest.matchers.ints.shouldBeLessThanOrEqual
import io.kotest.matchers.shouldBe
import io.kotest.property.Arb
import io.kotest.property.arbitrary.Codepoint
import io.kotest.property.arbitrary.int
import io.kotest.property.arbitrary.printableAscii
import io.kotest.property.arbitrary.string
import io.kotest.property.checkAll

/** Holds core's estimate against what OpenAI's models count. */
class EstimateSpec :
    FunSpec({
        val exact = JtokkitCounter()

        fun ratio(text: String, model: String) = TokenCounter.ESTIMATE.count(text, null).toDouble() / exact.count(text, model)

        for (model in listOf("gpt-4o", "gpt-4")) {
            for ((name, text) in Texts.COMMON) {
                test("within a fifth for $name, as $model counts") { ratio(text, model) shouldBe (1.0 plusOrMinus 0.2) }
            }
        }

        for ((name, text) in Texts.OTHERS) {
            test("rather too many than too few for $name, as today's models count") { ratio(text, "gpt-4o") shouldBe (1.2 plusOrMinus 0.3) }
        }

        test("no text is too odd for it") {
            TokenCounter.ESTIMATE.count("", null) shouldBe 0
            checkAll(Arb.string(0..200, Codepoint.printableAscii()), Arb.string(0..50)) { plain, odd ->
                val text = plain + odd
                val count = TokenCounter.ESTIMATE.count(text, null)
                count shouldBeGreaterThanOrEqual if (text.isBlank()) 0 else 1
                count shouldBeLessThanOrEqual 2 * text.length
            }
        }

        test("a long line is read once") { TokenCounter.ESTIMATE.count("word ".repeat(1_000_000), null) shouldBe 1_000_000 }

        test("a text is about the sum of its halves") {
            val text = Texts.COMMON.values.joinToString("\n")
            val whole = TokenCounter.ESTIMATE.count(text, null).toDouble()
            checkAll(Arb.int(0..text.length)) { at ->
                val halves = listOf(text.substring(0, at), text.substring(at)).sumOf { TokenCounter.ESTIMATE.count(it, null) }
                halves.toDouble() shouldBe (whole plusOrMinus 20.0)
            }
        }
    })
