package dev.tandem.mvstore

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.nulls.shouldBeNull
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import java.nio.file.Files
import java.nio.file.Path

class FullDiskSpec :
    FunSpec({
        test("a disk that is full loses nothing that was put, and the cache goes on when there is room again")
            .config(enabled = Files.isExecutable(Path.of("/bin/sh"))) {
                inFolder { folder ->
                    val path = folder.resolve("answers.mv")
                    Child.filling(path, 2_000).use { child ->
                        child.line() shouldBe "open"
                        child.line()!! shouldContain "$path cannot be read or written"
                        child.rest() shouldBe listOf("10000", "10000")
                    }
                    DiskCache.open(path).use { cache ->
                        cache.damagedFile.shouldBeNull()
                        cache.get("0") shouldBe ByteArray(10_000)
                        cache.put("new", byteArrayOf(1), 60_000)
                        cache.get("new") shouldBe byteArrayOf(1)
                    }
                }
            }
    })
