package dev.tandem.mvstore

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.nulls.shouldBeNull
import io.kotest.matchers.shouldBe
import kotlin.random.Random

class CrashSpec :
    FunSpec({
        test("a process that is killed while it writes leaves all that it had put, whole, and no half of anything") {
            inFolder { folder ->
                val path = folder.resolve("answers.mv")
                val put = mutableListOf<String>()
                repeat(6) { round ->
                    Child.writing(path, round * 1_000_000).use { child ->
                        child.line() shouldBe "open"
                        repeat(Random.nextInt(200)) { put += child.line()!! }
                        child.kill()
                        // A last line may be cut.
                        put += child.rest().dropLast(1)
                    }
                    DiskCache.open(path).use { cache ->
                        for (key in put) cache.get(key) shouldBe answerOf(key)
                        (cache.size >= put.size) shouldBe true
                        cache.damagedFile.shouldBeNull()
                    }
                }
            }
        }
    })
