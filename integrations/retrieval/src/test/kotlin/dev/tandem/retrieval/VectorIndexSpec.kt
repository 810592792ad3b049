package dev.tandem.retrieval

import dev.tandem.model.Embedding
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.property.Arb
import io.kotest.property.arbitrary.enum
import io.kotest.property.arbitrary.int
import io.kotest.property.checkAll
import kotlin.random.Random

class VectorIndexSpec :
    FunSpec({
        fun of(vararg parts: Float) = Embedding(parts)

        fun Random.vector(size: Int) = Embedding(FloatArray(size) { nextFloat() - 0.5f })

        fun compass() = VectorIndex<String>().apply {
            add("n", of(0f, 9f), "north", mapOf("axis" to "y", "sign" to "+"))
            add("e", of(0.1f, 0f), "east", mapOf("axis" to "x", "sign" to "+"))
            add("s", of(0f, -1f), "south", mapOf("axis" to "y", "sign" to "-"))
        }

        test("finds what points in the same direction, nearest first") {
            val hits = compass().search(of(1f, 0.2f), 3)
            hits.map { it.value } shouldBe listOf("east", "north", "south")
            hits[0].score shouldBe (0.98 plusOrMinus 0.01)
        }

        test("more than there are is all there is") {
            compass().search(of(1f, 0f), 50).size shouldBe 3
            VectorIndex<String>().search(of(1f), 5).shouldBeEmpty()
        }

        test("filters by metadata and by anything else") {
            compass().search(of(1f, 0f), 1, mapOf("axis" to "y", "sign" to "-")).map { it.id } shouldBe listOf("s")
            compass().search(of(1f, 0f), 3, mapOf("axis" to "z")).shouldBeEmpty()
            compass().search(of(1f, 0f), 3) { it.value.length == 4 }.map { it.id } shouldBe listOf("e")
        }

        test("what has the same id is replaced, and what is removed is gone") {
            val index = compass()
            index.add("e", of(0f, 1f), "up")
            index.size shouldBe 3
            index["e"]?.value shouldBe "up"
            index.search(of(1f, 0f), 9).map { it.value }.toSet() shouldBe setOf("north", "south", "up")
            index.remove("n") shouldBe true
            index.remove("n") shouldBe false
            index["n"] shouldBe null
            index.search(of(0f, 1f), 9).map { it.id } shouldBe listOf("e", "s")
        }

        test("equal scores come in the order they were added") {
            val index = VectorIndex<Int>()
            repeat(100) { index.add("$it", of(1f, 1f), it) }
            index.search(of(1f, 1f), 7).map { it.value } shouldBe (0..6).toList()
        }

        test("finds what a look at all of them in turn finds, by every similarity, after every change") {
            checkAll(
                60,
                Arb.int(1..900),
                Arb.int(1..20),
                Arb.int(1..40),
                Arb.enum<Similarity>(),
                Arb.int(),
            ) { count, size, limit, by, seed ->
                val random = Random(seed)
                val index = VectorIndex<Int>(by)
                val all = HashMap<Int, Embedding>()
                repeat(count) {
                    val id = random.nextInt(count)
                    if (random.nextInt(3) == 0) {
                        index.remove("$id") shouldBe (all.remove(id) != null)
                    } else {
                        all[id] = random.vector(size)
                        index.add("$id", all.getValue(id), id)
                    }
                }
                index.size shouldBe all.size
                val query = random.vector(size)
                val best = all.mapValues { (_, vector) ->
                    when (by) {
                        Similarity.COSINE -> vector.cosine(query)
                        Similarity.DOT -> vector.dot(query)
                        Similarity.EUCLIDEAN -> -vector.euclidean(query)
                    }
                }
                val hits = index.search(query, limit)
                hits.size shouldBe minOf(limit, all.size)
                hits.zip(best.values.sortedDescending()).forEach { (hit, score) -> hit.score shouldBe (score plusOrMinus 1e-5) }
                hits.forEach { best.getValue(it.value) shouldBe (it.score plusOrMinus 1e-5) }
            }
        }

        test("what does not fit is refused by name, and nothing of its batch is added") {
            val index = compass()
            val items = listOf(IndexItem("a", "a"), IndexItem("b", "b"))
            shouldThrow<IllegalArgumentException> { index.addAll(items, listOf(of(1f, 1f), of(1f))) }.message shouldContain
                "b has 1 dimensions"
            shouldThrow<IllegalArgumentException> { index.addAll(items, listOf(of(1f, 1f))) }.message shouldContain "2 items"
            shouldThrow<IllegalArgumentException> { index.add("c", of(1f, Float.NaN), "c") }.message shouldContain "c has"
            shouldThrow<IllegalArgumentException> { index.search(of(1f), 1) }.message shouldContain "1 dimensions, and this index 2"
            shouldThrow<IllegalArgumentException> { index.search(of(1f, 1f), 0) }.message shouldContain "0"
            shouldThrow<IllegalArgumentException> { IndexItem(" ", "x") }
            index.size shouldBe 3
        }

        test("a filter may use the index itself") {
            val index = compass()
            index.search(of(1f, 0f), 3) { index.remove(it.id) }.size shouldBe 3
            index.size shouldBe 0
        }
    })
