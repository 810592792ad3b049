package dev.tandem.retrieval

import dev.tandem.model.Embedding
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.shouldBe
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.atomic.AtomicBoolean
import kotlin.concurrent.thread

class ReadersSpec :
    FunSpec({
        test("whoever searches sees each batch whole or not at all, while others add, replace and remove") {
            val index = VectorIndex<Int>(Similarity.DOT)
            val isDone = AtomicBoolean()
            val wrong = ConcurrentLinkedQueue<String>()
            val batch = List(10) { "$it" }

            // All of a batch have the number of their round, as a value and as a vector.
            fun write(round: Int) =
                index.addAll(batch.map { IndexItem(it, round) }, batch.map { Embedding(floatArrayOf(round.toFloat(), 1f)) })
            write(1)
            val readers = List(3) {
                thread {
                    while (!isDone.get()) {
                        val hits = index.search(Embedding(floatArrayOf(1f, 0f)), 50)
                        if (hits.size !in setOf(9, 10) || hits.map { it.value }.toSet().size != 1) wrong += "$hits"
                        if (hits.any { it.score != it.value.toDouble() }) wrong += "$hits"
                    }
                }
            }
            for (round in 2..4_000) {
                write(round)
                if (round % 3 == 0) index.remove("${round % 10}")
            }
            isDone.set(true)
            readers.forEach(Thread::join)
            wrong.shouldBeEmpty()
            index.size shouldBe 10
        }
    })
