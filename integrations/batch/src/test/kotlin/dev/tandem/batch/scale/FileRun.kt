package dev.tandem.batch.scale

import dev.tandem.AiClient
import dev.tandem.batch.file.BatchFile
import dev.tandem.provider.openai.OpenAi
import kotlinx.coroutines.runBlocking
import java.nio.file.Path

/** Runs a file to its end: URL, input, output, how many at once. Prints what failed. */
fun main(arguments: Array<String>) {
    val (url, input, output, atOnce) = arguments
    AiClient(OpenAi.compatible(url)) { model = "fake-1" }.use { ai ->
        val file = BatchFile
            .builder(ai, Path.of(input), Path.of(output))
            .batch { it.concurrency(atOnce.toInt()) }
            .build()
        try {
            println(runBlocking { file.run() })
        } catch (e: Exception) {
            println(e)
            System.exit(FAILED)
        }
    }
}

private const val FAILED = 3
