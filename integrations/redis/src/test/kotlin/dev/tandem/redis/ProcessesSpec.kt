package dev.tandem.redis

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.comparables.shouldBeGreaterThan
import io.kotest.matchers.shouldBe
import java.io.BufferedReader
import java.nio.file.Paths
import java.util.concurrent.CompletableFuture
import java.util.concurrent.TimeUnit

class ProcessesSpec :
    FunSpec({
        timeout = 120_000

        fun run(uri: String, requests: Int, tokens: Long): List<Int> {
            val java = Paths.get(System.getProperty("java.home"), "bin", "java").toString()
            val classes = System.getProperty("surefire.test.class.path") ?: System.getProperty("java.class.path")
            val command = listOf(java, "-cp", classes, Asker::class.java.name, uri, "$requests", "$tokens", "2000")
            val processes = List(2) { ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start() }
            try {
                val outputs = processes.map { it.inputStream.bufferedReader() }
                outputs.forEach { it.line() shouldBe "ready" }
                processes.forEach { process -> process.outputStream.use { it.write('\n'.code) } }
                val granted = outputs.map { it.line().toInt() }
                // It has closed nothing, and yet nothing keeps it.
                processes.forEach { it.waitFor(30, TimeUnit.SECONDS) shouldBe true }
                return granted
            } finally {
                processes.forEach { it.destroyForcibly() }
            }
        }

        test("two programs that ask at the same time get the requests of one limit, and not one more") {
            Server().use { server ->
                val granted = run(server.uri, requests = 1_000, tokens = 1_000_000)
                granted.sum() shouldBe 1_000
                granted.forEach { it shouldBeGreaterThan 0 }
            }
        }

        test("and so with tokens") {
            Server().use { server -> run(server.uri, requests = 1_000, tokens = 5_005).sum() shouldBe 500 }
        }
    })

private fun BufferedReader.line(): String =
    CompletableFuture.supplyAsync { checkNotNull(readLine()) { "the program has ended" } }.get(60, TimeUnit.SECONDS)
