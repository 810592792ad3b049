package dev.tandem.mvstore

import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.nulls.shouldBeNull
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import org.h2.mvstore.MVStore
import java.nio.file.Files

class InUseSpec :
    FunSpec({
        test("two processes cannot have one file, and the second is told so") {
            inFolder { folder ->
                val path = folder.resolve("answers.mv")
                Child.holding(path).use { child ->
                    child.line() shouldBe "open"
                    val error = shouldThrow<CacheInUseException> { DiskCache.open(path) }
                    error.message!! shouldContain "$path is in use"
                    error.message!! shouldContain "give each process a file of its own"
                    child.leave()
                }
                DiskCache.open(path).use { it.damagedFile.shouldBeNull() }
            }
        }

        test("nor can two caches of one process") {
            inFolder { folder ->
                val path = folder.resolve("answers.mv")
                DiskCache.open(path).use { cache ->
                    cache.put("a", byteArrayOf(1), 60_000)
                    shouldThrow<CacheInUseException> { DiskCache.open(folder.resolve("./answers.mv")) }
                    cache.get("a") shouldBe byteArrayOf(1)
                }
                DiskCache.open(path).use { it.get("a") shouldBe byteArrayOf(1) }
            }
        }

        test("a folder is no file") {
            inFolder { folder ->
                shouldThrow<CacheFileException> { DiskCache.open(folder) }.message!! shouldContain "name a file in it"
            }
        }

        test("nor is a file a folder") {
            inFolder { folder ->
                val file = Files.write(folder.resolve("file"), byteArrayOf(1))
                shouldThrow<CacheFileException> { DiskCache.open(file.resolve("answers.mv")) }.message!! shouldContain "folder"
            }
        }

        test("the file of another program is left alone") {
            inFolder { folder ->
                val path = folder.resolve("accounts.mv")
                MVStore.open("$path").use { it.openMap<String, String>("accounts")["a"] = "1" }
                shouldThrow<CacheFileException> { DiskCache.open(path) }.message!! shouldContain "is no cache but has [accounts]"
                MVStore.open("$path").use { it.openMap<String, String>("accounts")["a"] shouldBe "1" }
            }
        }
    })
