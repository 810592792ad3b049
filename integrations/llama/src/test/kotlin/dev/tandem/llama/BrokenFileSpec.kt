package dev.tandem.llama

import dev.tandem.AiClient
import dev.tandem.error.ServerException
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.datatest.withData
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.matchers.string.shouldContain

/** A file that begins like a model and is none ends in an exception, not in the end of the process. */
class BrokenFileSpec :
    FunSpec({
        suspend fun refuses(bytes: ByteArray) {
            val path = fileOf(bytes).toString()
            val failure = shouldThrow<ServerException> { AiClient.builder(Llama.of(path)).build().use { it.generate("Hello!") } }
            failure.message shouldContain path
            failure.cause shouldNotBe null
        }

        fun changed(change: (ByteArray) -> Unit) = bundledBytes.copyOf().also(change)

        context("cut after so many bytes") {
            withData(4, 8, 20, 24, 100, 3000, 6000, 8000, 10_000, 100_000, 3_360_031) { refuses(bundledBytes.copyOf(it)) }
        }

        test("an unknown version") { refuses(changed { it[4] = 9 }) }

        test("more tensors than a file can hold") { refuses(changed { it.fill(-1, 8, 16) }) }

        test("more values than a file can hold") { refuses(changed { it.fill(-1, 16, 24) }) }

        test("a text longer than the file") { refuses(changed { it.fill(127, 24, 32) }) }

        test("noise after the magic") { refuses(changed { it.fill(-1, 24, 5000) }) }

        test("other models still load after a failure") { pebble { it.generate("Hello!") } shouldBe "Hello! How can I help you?" }
    })
