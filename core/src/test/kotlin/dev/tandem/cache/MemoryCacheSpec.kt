package dev.tandem.cache

import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.property.Arb
import io.kotest.property.arbitrary.int
import io.kotest.property.arbitrary.list
import io.kotest.property.arbitrary.pair
import io.kotest.property.checkAll
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.runTest

class MemoryCacheSpec :
    FunSpec({
        test("what was used longest ago goes first") {
            val cache = MemoryCache(2)
            cache.put("a", byteArrayOf(1), 1_000)
            cache.put("b", byteArrayOf(2), 1_000)
            cache.get("a")
            cache.put("c", byteArrayOf(3), 1_000)
            cache.get("b") shouldBe null
            cache.get("a") shouldBe byteArrayOf(1)
            cache.size shouldBe 2
        }

        test("it never holds more than it may, and always what was put last, if that fits") {
            checkAll(Arb.int(1..5), Arb.int(1..50), Arb.list(Arb.pair(Arb.int(0..9), Arb.int(0..60)), 1..60)) { entries, bytes, puts ->
                val cache = MemoryCache(entries, bytes.toLong())
                for ((key, size) in puts) {
                    cache.put("$key", ByteArray(size), 1_000)
                    (cache.size <= entries) shouldBe true
                    (0..9).sumOf { cache.get("$it")?.size ?: 0 } shouldBe (0..9).sumOf { cache.get("$it")?.size ?: 0 }
                    ((0..9).sumOf { cache.get("$it")?.size ?: 0 } <= bytes) shouldBe true
                    (cache.get("$key") != null) shouldBe (size <= bytes)
                }
            }
        }

        test("many at once do it no harm") {
            val cache = MemoryCache(50)
            coroutineScope {
                repeat(8) { worker ->
                    launch(Dispatchers.Default) {
                        repeat(5_000) { i ->
                            val key = "${(i * 31 + worker) % 100}"
                            if (i % 3 == 0) cache.put(key, ByteArray(10), 1_000) else cache.get(key)
                            if (i % 7 == 0) cache.remove(key)
                        }
                    }
                }
            }
            (cache.size <= 50) shouldBe true
        }

        test("what is over is gone") {
            runTest {
                val cache = MemoryCache(5, 100, testScheduler.timeSource)
                cache.put("a", byteArrayOf(1), 10)
                testScheduler.advanceTimeBy(10)
                cache.get("a") shouldBe null
                cache.size shouldBe 0
            }
        }

        test("sizes that make no sense are refused") {
            shouldThrow<IllegalArgumentException> { MemoryCache(0) }.message shouldBe "maxEntries must be at least 1, but is 0"
            shouldThrow<IllegalArgumentException> { MemoryCache(1, 0) }.message shouldBe "maxBytes must be at least 1, but is 0"
        }
    })
