package dev.tandem.llama

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import java.nio.file.Paths
import java.util.concurrent.TimeUnit

/** Whole programs around the model: what they print, and that they end. */
class ProgramSpec :
    FunSpec({
        fun run(vararg arguments: String): Triple<Int, String, String> {
            val java = Paths.get(System.getProperty("java.home"), "bin", "java").toString()
            val classes = System.getProperty("surefire.test.class.path") ?: System.getProperty("java.class.path")
            val output = fileOf(ByteArray(0)).toFile()
            val errors = fileOf(ByteArray(0)).toFile()
            // JDK 24 and newer warn of native code that nobody has allowed.
            val access = if (Runtime.version().feature() < 24) emptyList() else listOf("--enable-native-access=ALL-UNNAMED")
            val process = ProcessBuilder(java, *access.toTypedArray(), "-cp", classes, QuickStart::class.java.name, *arguments)
                .redirectOutput(output)
                .redirectError(errors)
                .start()
            val hasEnded = process.waitFor(60, TimeUnit.SECONDS)
            if (!hasEnded) process.destroyForcibly().waitFor()
            hasEnded shouldBe true
            return Triple(process.exitValue(), output.readText(), errors.readText())
        }

        val hello = "Hello! How can I help you?\n"

        test("prints nothing of its own and ends after main") { run() shouldBe Triple(0, hello, "") }

        test("ends after the last user thread, though main ended before") { run("late") shouldBe Triple(0, hello, "") }

        test("ends while an answer is being made") { run("midway") shouldBe Triple(0, hello, "") }

        test("who ends all threads of a program, as Maven's exec plugin does, ends it without a word") {
            run("interrupted") shouldBe
                Triple(0, hello, "")
        }

        test("a broken file prints nothing either") { run("broken") shouldBe Triple(0, hello, "") }

        test("an exception out of main is still told to the shell") {
            val (status, output, errors) = run("fail")
            status shouldBe 1
            output shouldBe hello
            errors shouldContain "on purpose"
        }
    })
