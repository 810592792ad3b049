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

        test("what a filter takes is removed, and what is left keeps its order") {
            val index = compass()
            index.removeIf { it.metadata["axis"] == "y" } shouldBe 2
            index.removeIf { it.metadata["axis"] == "y" } shouldBe 0
            index.add("w", of(-1f, 0f), "west")
            index.items().map { it.id } shouldBe listOf("e", "w")
            index.removeIf { item -> item.id == "e" && index.remove("e") } shouldBe 0
            index.removeIf { item -> item.id == "w" && index.add("w", of(1f, 0f), "new").let { true } } shouldBe 0
            index.items().map { it.value } shouldBe listOf("new")
        }

        test("a document that has become shorter leaves nothing behind") {
            fun pieces(count: Int) = Chunk.items("guide.md", List(count) { Chunk("text", 0, 4, emptyMap()) })

            fun vectors(count: Int) = List(count) { of(1f, it.toFloat()) }
            val index = VectorIndex<Chunk>()
            index.addAll(pieces(5), vectors(5))
            index.removeIf { it.metadata[Chunk.DOCUMENT] == "guide.md" } shouldBe 5
            index.addAll(pieces(2), vectors(2))
            index.items().map { it.id } shouldBe listOf("guide.md#0", "guide.md#1")
        }

        test("what is cleared takes vectors of any size, as a new one does") {
            val index = compass()
            index.clear()
            index.size shouldBe 0
            index.dimensions shouldBe 0
            index["n"] shouldBe null
            index.search(of(1f), 3).shouldBeEmpty()
            index.add("a", of(1f, 2f, 3f), "three")
            index.search(of(1f, 2f, 3f), 3).map { it.id } shouldBe listOf("a")
        }

        test("only what is near enough is found, where that is asked for") {
            compass().search(of(1f, 0f), 9, 0.0).map { it.id } shouldBe listOf("e", "n", "s")
            compass().search(of(1f, 0.2f), 9, 0.19).map { it.id } shouldBe listOf("e", "n")
            compass().search(of(1f, 0.2f), 9, 0.19) { it.id != "e" }.map { it.id } shouldBe listOf("n")
            shouldThrow<IllegalArgumentException> { compass().search(of(1f, 0f), 1, Double.NaN) }.message shouldContain "NaN"
        }

        test("numbers at the end of what a float can hold are compared as well") {
            for (by in Similarity.entries) {
                val index = VectorIndex<Int>(by)
                index.add("opposite", of(-3e38f, 3e38f), 0)
                repeat(20) { index.add("$it", of(1e19f * (it + 1), -1e19f), it) }
                index.add("same", of(3e38f, -3e38f), 0)
                val hits = index.search(of(3e38f, -3e38f), 22)
                hits.first().id shouldBe if (by == Similarity.COSINE) "0" else "same"
                hits.last().id shouldBe "opposite"
                hits.all { it.score.isFinite() } shouldBe true
                hits.zipWithNext().all { (one, next) -> one.score >= next.score } shouldBe true
            }
        }

        test("nothing is nothing, whatever its sign: equal scores come in the order they were added") {
            val index = VectorIndex<Int>(Similarity.EUCLIDEAN)
            repeat(9) { index.add("$it", of(if (it % 2 == 0) 0f else -0f), it) }
            val hits = index.search(of(0f), 9, 0.0)
            hits.map { it.value } shouldBe (0..8).toList()
            hits.map { 1 / it.score }.toSet() shouldBe setOf(Double.POSITIVE_INFINITY)
        }

        test("a filter may use the index itself") {
            val index = compass()
            index.search(of(1f, 0f), 3) { index.remove(it.id) }.size shouldBe 3
            index.size shouldBe 0
        }
    })
