package dev.tandem.mvstore

import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.longs.shouldBeLessThan
import io.kotest.matchers.nulls.shouldBeNull
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.property.Arb
import io.kotest.property.arbitrary.int
import io.kotest.property.arbitrary.list
import io.kotest.property.arbitrary.pair
import io.kotest.property.checkAll
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import java.nio.file.Files

class DiskCacheSpec :
    FunSpec({
        test("what was put is there, also when the file is opened again") {
            inFolder { folder ->
                val path = folder.resolve("new/folder/answers.mv")
                DiskCache.open(path).use { cache ->
                    cache.put("a", answerOf("a"), 60_000)
                    cache.put("empty", ByteArray(0), 60_000)
                    cache.get("a") shouldBe answerOf("a")
                    cache.get("b").shouldBeNull()
                }
                DiskCache.open(path).use { cache ->
                    cache.size shouldBe 2
                    cache.get("a") shouldBe answerOf("a")
                    cache.get("empty") shouldBe ByteArray(0)
                    cache.remove("a")
                    cache.remove("never there")
                }
                DiskCache.open(path).use { cache ->
                    cache.get("a").shouldBeNull()
                    cache.size shouldBe 1
                    cache.damagedFile.shouldBeNull()
                }
            }
        }

        test("the last put counts, and nobody can change what is kept") {
            inFolder { folder ->
                DiskCache.open(folder.resolve("answers.mv")).use { cache ->
                    val value = byteArrayOf(1, 2)
                    cache.put("a", byteArrayOf(9), 60_000)
                    cache.put("a", value, 60_000)
                    value[0] = 7
                    cache.get("a")!![1] = 7
                    cache.get("a") shouldBe byteArrayOf(1, 2)
                    cache.size shouldBe 1
                }
            }
        }

        test("what is over is gone, asked for or not, also after a restart") {
            inFolder { folder ->
                var now = 1_000L
                val path = folder.resolve("answers.mv")
                DiskCache.builder(path).clock { now }.open().use { cache ->
                    cache.put("short", answerOf("short"), 10)
                    cache.put("long", answerOf("long"), 1_000)
                    cache.put("for ever", answerOf("for ever"), Long.MAX_VALUE)
                    now += 9
                    cache.get("short") shouldBe answerOf("short")
                    now += 1
                    cache.get("short").shouldBeNull()
                    cache.size shouldBe 2
                }
                now += 1_000
                DiskCache.builder(path).clock { now }.open().use { cache ->
                    cache.size shouldBe 1
                    cache.get("long").shouldBeNull()
                    cache.get("for ever") shouldBe answerOf("for ever")
                }
            }
        }

        test("the oldest goes first, however often it was read") {
            inFolder { folder ->
                val path = folder.resolve("answers.mv")
                DiskCache.builder(path).maxEntries(2).open().use { cache ->
                    cache.put("a", byteArrayOf(1), 60_000)
                    cache.put("b", byteArrayOf(2), 60_000)
                    cache.get("a")
                    cache.put("c", byteArrayOf(3), 60_000)
                    cache.get("a").shouldBeNull()
                    cache.put("b", byteArrayOf(4), 60_000)
                    cache.put("d", byteArrayOf(5), 60_000)
                    cache.get("b") shouldBe byteArrayOf(4)
                    cache.get("c").shouldBeNull()
                }
                DiskCache.builder(path).maxEntries(1).open().use { cache ->
                    cache.size shouldBe 1
                    cache.get("d") shouldBe byteArrayOf(5)
                }
            }
        }

        test("it never holds more than it may, and always what was put last, if that fits") {
            val head = 20
            checkAll(30, Arb.int(1..5), Arb.int(30..200), Arb.list(Arb.pair(Arb.int(0..9), Arb.int(0..100)), 1..30)) { most, bytes, puts ->
                inFolder { folder ->
                    DiskCache.builder(folder.resolve("answers.mv")).maxEntries(most).maxBytes(bytes.toLong()).open().use { cache ->
                        for ((key, size) in puts) {
                            cache.put("$key", ByteArray(size), 60_000)
                            val kept = (0..9).mapNotNull { cache.get("$it")?.size }
                            kept.size shouldBe cache.size
                            (kept.size <= most) shouldBe true
                            (kept.sumOf { it + head + 1 } <= bytes) shouldBe true
                            (cache.get("$key") != null) shouldBe (size + head + 1 <= bytes)
                        }
                    }
                }
            }
        }

        test("the file stays in proportion, however much goes through it") {
            inFolder { folder ->
                val path = folder.resolve("answers.mv")
                val most = 1_000_000L
                DiskCache.builder(path).maxBytes(most).open().use { cache ->
                    repeat(4_000) { cache.put("$it", answerOf("$it"), 60_000) }
                    Files.size(path) shouldBeLessThan 3 * most + 8_000_000
                    cache.get("3999") shouldBe answerOf("3999")
                }
            }
        }

        test("many at once do it no harm") {
            inFolder { folder ->
                DiskCache.builder(folder.resolve("answers.mv")).maxEntries(50).open().use { cache ->
                    coroutineScope {
                        repeat(8) { worker ->
                            launch(Dispatchers.Default) {
                                repeat(300) { i ->
                                    val key = "${(i * 31 + worker) % 100}"
                                    if (i % 3 == 0) cache.put(key, answerOf(key), 60_000)
                                    cache.get(key)?.let { it shouldBe answerOf(key) }
                                    if (i % 7 == 0) cache.remove(key)
                                }
                            }
                        }
                    }
                    (cache.size <= 50) shouldBe true
                }
            }
        }

        test("arguments that make no sense are refused") {
            inFolder { folder ->
                val path = folder.resolve("answers.mv")
                shouldThrow<IllegalArgumentException> { DiskCache.builder(path).maxEntries(0) }.message!! shouldContain "0"
                shouldThrow<IllegalArgumentException> { DiskCache.builder(path).maxBytes(-1) }.message!! shouldContain "-1"
                DiskCache.open(path).use { cache ->
                    shouldThrow<IllegalArgumentException> { cache.put("a", ByteArray(1), 0) }.message!! shouldContain "ttlMillis"
                }
            }
        }
    })
