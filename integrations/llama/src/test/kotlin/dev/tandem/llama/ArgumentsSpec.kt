package dev.tandem.llama

import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.datatest.withData
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import java.nio.file.Files

class ArgumentsSpec :
    FunSpec({
        fun refusal(path: String) =
            shouldThrow<IllegalArgumentException> { Llama.of(path) }.message.orEmpty().also { it shouldContain path }

        test("a missing file is refused by name") { refusal("/nowhere/model.gguf") shouldContain "no file" }

        test("a directory is refused") {
            refusal(Files.createTempDirectory("tandem-").also { it.toFile().deleteOnExit() }.toString()) shouldContain
                "directory"
        }

        test("an empty file is refused") { refusal(fileOf(ByteArray(0)).toString()) shouldContain "empty" }

        test(
            "a file of another kind is refused",
        ) { refusal(fileOf("<html>404</html>".toByteArray()).toString()) shouldContain "not a GGUF" }

        context("settings out of range are refused by name, value and range") {
            withData<Pair<String, Llama.Builder.() -> Unit>>(
                { it.first },
                "contextSize must be from 32 to 1048576, but is 0" to { contextSize(0) },
                "threads must be from 1 to 512, but is -1" to { threads(-1) },
                "parallel must be from 1 to 64, but is 65" to { parallel(65) },
                "gpuLayers must be from 0 to 10000, but is -1" to { gpuLayers(-1) },
            ) { (message, set) -> shouldThrow<IllegalArgumentException> { Llama.builder().set() }.message shouldBe message }
        }

        test("the model is named after its file") {
            val path = fileOf(bundledBytes)
            Llama.of(path.toString()).model shouldBe path.fileName.toString().removeSuffix(".gguf")
            Llama.bundled().model shouldBe "pebble"
        }
    })
