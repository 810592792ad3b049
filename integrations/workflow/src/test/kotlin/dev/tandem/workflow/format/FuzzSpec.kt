package dev.tandem.workflow.format

import dev.tandem.process.newFolder
import dev.tandem.workflow.InvalidWorkflowException
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.ints.shouldBeGreaterThan
import java.nio.file.Files
import java.nio.file.Path
import kotlin.random.Random

/** Whatever bytes are in a file: it is a workflow, or one of two exceptions says why not. */
class FuzzSpec :
    StringSpec({
        val files = WorkflowFiles.of(RandomWorkflow.PARTS)
        val folder = newFolder()

        listOf("json", "yaml").forEach { ending ->
            "$ending of which a few bytes are others" {
                val path = folder.resolve("fuzz.$ending")
                var read = 0
                repeat(FILES) {
                    val seed = Random.nextLong()
                    val random = Random(seed)
                    val workflow = RandomWorkflow(random, isRunnable = false).next()
                    val text = if (ending == "json") files.toJson(workflow) else files.toYaml(workflow)
                    repeat(CHANGES) {
                        val bytes = changed(text.encodeToByteArray(), random)
                        withClue("seed $seed:\n${bytes.decodeToString()}") { if (isRead(files, path, bytes)) read++ }
                    }
                }
                // Or the bytes are never more than gibberish.
                read shouldBeGreaterThan FILES * CHANGES / 100
            }
        }

        "bytes by chance, and tokens by chance" {
            repeat(FILES * CHANGES) {
                val seed = Random.nextLong()
                val random = Random(seed)
                val bytes = if (random.nextBoolean()) random.nextBytes(random.nextInt(40)) else tokens(random).encodeToByteArray()
                withClue("seed $seed:\n${bytes.decodeToString()}") {
                    for (ending in listOf("json", "yml")) isRead(files, folder.resolve("chance.$ending"), bytes)
                }
            }
        }
    })

private fun isRead(files: WorkflowFiles, path: Path, bytes: ByteArray): Boolean {
    Files.write(path, bytes)
    return try {
        // What could be read can be written.
        files.toYaml(files.load(path))
        true
    } catch (_: WorkflowFormatException) {
        false
    } catch (_: InvalidWorkflowException) {
        false
    }
}

private fun changed(bytes: ByteArray, random: Random): ByteArray {
    var changed = bytes
    repeat(random.nextInt(1, 4)) {
        val at = random.nextInt(changed.size)
        changed = when (random.nextInt(5)) {
            0 -> changed.copyOf().also { it[at] = random.nextInt().toByte() }
            1 -> changed.copyOf().also { it[at] = SIGNS.random(random).code.toByte() }
            2 -> changed.copyOfRange(0, at) + changed.copyOfRange(minOf(at + random.nextInt(20), changed.size), changed.size)
            3 -> changed.copyOfRange(0, at) + changed.copyOfRange(random.nextInt(at + 1), changed.size)
            else -> changed.copyOfRange(0, at) + TOKENS.random(random).encodeToByteArray() + changed.copyOfRange(at, changed.size)
        }
        if (changed.isEmpty()) changed = bytes
    }
    return changed
}

private fun tokens(random: Random) = "version: 1\nname: w\nnodes:\n" + List(random.nextInt(12)) { TOKENS.random(random) }.joinToString("")

private const val FILES = 40
private const val CHANGES = 30
private const val SIGNS = " \n\t:#-?,[]{}&*!|>'\"%@\\~019aen"
private val TOKENS = listOf(
    "- ",
    "? ",
    ": ",
    "\n",
    "\n  ",
    "\n    ",
    "&a ",
    "*a ",
    "!!str ",
    "!x ",
    "|\n",
    ">-\n",
    "'",
    "\"",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "#",
    "---\n",
    "...\n",
    "%YAML 1.1\n",
    "<<: *a",
    "null",
    "1e400",
    ".nan",
    "0x1",
    "name: a\n",
    "kind: agent\n",
    "kind: join\n",
    "prompt: x\n",
    "after: [a]\n",
    "retry: {maxAttempts: 3}\n",
    "\\u0000",
    "\\ud800",
    "\ufeff",
    "\u2028",
    "\u0085",
    "🙂",
    "options: {temperature: 1}",
    "\t",
    "each: ",
    "workflow: ",
    "default: ",
    "extra: {a: ",
    "true",
)
