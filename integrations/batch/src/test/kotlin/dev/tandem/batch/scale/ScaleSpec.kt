package dev.tandem.batch.scale

import dev.tandem.process.Child
import dev.tandem.process.newFolder
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import java.nio.file.Files

/** How much memory it takes; `.ci/run` has a million items. How long is reported, and nobody's fault. */
class ScaleSpec :
    StringSpec({
        "very many items in a heap of 64 MB" {
            val folder = newFolder()
            Child.start(MAIN, folder, ITEMS, options = SMALL).use { child ->
                withClue(child::said) { child.await(PATIENCE) shouldBe 0 }
                println("without a journal: ${child.said().trim()}")
            }
        }

        "very many items with a journal in a heap of 64 MB, and again from that" {
            val folder = newFolder()
            val journal = folder.resolve("run.journal")
            for (run in listOf("with a journal", "resumed")) {
                Child.start(MAIN, folder, ITEMS, "$journal", options = SMALL).use { child ->
                    withClue(child::said) { child.await(PATIENCE) shouldBe 0 }
                    println("$run: ${child.said().trim()}")
                }
            }
            println("${Files.size(journal) / 1_000_000} MB of journal")
            Files.delete(journal)
        }
    })

private const val MAIN = "dev.tandem.batch.scale.MillionRunKt"
private val ITEMS = System.getProperty("scale.items", "200000")
private const val PATIENCE = 300L
private val SMALL = listOf("-Xmx64m")
