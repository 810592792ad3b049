package dev.tandem.model

import dev.tandem.similarity
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.property.Arb
import io.kotest.property.arbitrary.int
import io.kotest.property.checkAll
import kotlin.math.sqrt
import kotlin.random.Random

class SimilaritySpec :
    FunSpec({
        fun of(vararg parts: Double) = Embedding(FloatArray(parts.size) { parts[it].toFloat() })

        fun Embedding.exactDot(other: Embedding) = vector.indices.sumOf { vector[it].toDouble() * other.vector[it] }

        test("the same direction is 1, the opposite -1, a right angle 0, whatever the lengths") {
            of(1.0, 2.0, 3.0).cosine(of(2.0, 4.0, 6.0)) shouldBe (1.0 plusOrMinus 1e-12)
            of(1.0, 2.0, 3.0).cosine(of(-1.0, -2.0, -3.0)) shouldBe (-1.0 plusOrMinus 1e-12)
            of(1.0, 0.0).cosine(of(0.0, 7.0)) shouldBe 0.0
            similarity(of(3.0, 4.0), of(4.0, 3.0)) shouldBe (0.96 plusOrMinus 1e-12)
        }

        test("a vector of zeros is like nothing, not even itself") {
            of(0.0, 0.0).cosine(of(1.0, 2.0)) shouldBe 0.0
            of(0.0, 0.0).cosine(of(0.0, 0.0)) shouldBe 0.0
            of(0.0, 0.0).normalized() shouldBe of(0.0, 0.0)
        }

        test("vectors of two lengths are refused by their numbers") {
            val one = of(1.0, 2.0)
            val other = of(1.0, 2.0, 3.0)
            for (compare in listOf(Embedding::cosine, Embedding::dot, Embedding::euclidean)) {
                val message = shouldThrow<IllegalArgumentException> { compare(one, other) }.message.orEmpty()
                message shouldContain "2"
                message shouldContain "3"
            }
        }

        test("dot, distance and length agree with the long way for every number of dimensions") {
            checkAll(200, Arb.int(1..70), Arb.int()) { size, seed ->
                val random = Random(seed)
                val a = Embedding(FloatArray(size) { random.nextFloat() - 0.5f })
                val b = Embedding(FloatArray(size) { random.nextFloat() - 0.5f })
                a.dot(b) shouldBe (a.exactDot(b) plusOrMinus 1e-6)
                a.cosine(b) shouldBe (a.exactDot(b) / sqrt(a.exactDot(a) * b.exactDot(b)) plusOrMinus 1e-6)
                a.euclidean(b) shouldBe (sqrt(a.exactDot(a) + b.exactDot(b) - 2 * a.exactDot(b)) plusOrMinus 1e-6)
                a.normalized().dot(a.normalized()) shouldBe (1.0 plusOrMinus 1e-5)
                a.normalized().dot(b.normalized()) shouldBe (a.cosine(b) plusOrMinus 1e-5)
            }
        }

        test("very long and very short vectors have a direction too") {
            for (scale in listOf(1e-38, 1e-25, 1e-12, 1e12, 1e25, 1e38)) {
                val long = of(3 * scale, 4 * scale / 5, scale)
                long.cosine(of(3.0, 0.8, 1.0)) shouldBe (1.0 plusOrMinus 1e-5)
                long.normalized().cosine(of(3.0, 0.8, 1.0)) shouldBe (1.0 plusOrMinus 1e-5)
            }
            of(1e30).dot(of(1e30)) shouldBe (1e60 plusOrMinus 1e54)
        }

        test("a part that is no number makes the comparison none") {
            of(Double.NaN, 1.0).cosine(of(1.0, 1.0)).isNaN() shouldBe true
            of(Double.NaN, 1.0).dot(of(1.0, 1.0)).isNaN() shouldBe true
        }
    })
