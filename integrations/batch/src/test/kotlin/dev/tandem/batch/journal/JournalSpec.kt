package dev.tandem.batch.journal

import dev.tandem.batch.Batch
import dev.tandem.batch.BatchProgress
import dev.tandem.batch.BatchTask
import dev.tandem.batch.Oracle
import dev.tandem.batch.batch
import dev.tandem.batch.clientOf
import dev.tandem.journal.JournalException
import dev.tandem.journal.JournalInUseException
import dev.tandem.model.options
import dev.tandem.process.newFolder
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.yield
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.readBytes
import kotlin.io.path.readLines
import kotlin.io.path.readText
import kotlin.io.path.writeBytes
import kotlin.io.path.writeText

class JournalSpec :
    StringSpec({
        "is cut at every byte of its last line: at most that item is done again" {
            runTest {
                val path = newFolder().resolve("run.journal")
                run(Oracle(), path)
                val whole = path.readBytes()
                val lastLine = path
                    .readLines()
                    .last()
                    .encodeToByteArray()
                    .size + 1
                for (left in 0..lastLine) {
                    path.writeBytes(whole.copyOf(whole.size - lastLine + left))
                    val oracle = Oracle()
                    withClue("$left of $lastLine bytes") {
                        run(oracle, path).done shouldBe ITEMS.size
                        // All but the end of the line is enough.
                        oracle.calls shouldBe if (left < lastLine - 1) 1 else 0
                        path.readLines().size shouldBe ITEMS.size + 1
                    }
                }
            }
        }

        "is cut at every byte of its first line" {
            runTest {
                val path = newFolder().resolve("run.journal")
                run(Oracle(), path)
                val first = path.readLines().first().encodeToByteArray()
                for (left in 0..first.size) {
                    path.writeBytes(first.copyOf(left))
                    withClue("$left bytes") { run(Oracle(), path).done shouldBe ITEMS.size }
                }
            }
        }

        "damage in its midst costs the items it hits, and is told" {
            runTest {
                val path = newFolder().resolve("run.journal")
                run(Oracle(), path)
                val lines = path.readLines().toMutableList()
                lines[2] = lines[2].replace("re: ", "ra: ")
                lines[3] = "\u0000".repeat(20)
                path.writeText(lines.joinToString("\n", postfix = "\n"))
                val oracle = Oracle()
                val progress = run(oracle, path)
                oracle.calls shouldBe 2
                progress.damagedLines shouldBe 2
                progress.done shouldBe ITEMS.size
                run(oracle, path)
                oracle.calls shouldBe 2
            }
        }

        "another configuration is refused, and says in what it differs" {
            runTest {
                val path = newFolder().resolve("run.journal")
                run(Oracle(), path)
                val before = path.readBytes()
                val warm = BatchTask.generate(options { temperature = 0.5 })
                val refused = shouldThrow<JournalMismatchException> {
                    clientOf(Oracle()) { model = "oracle-2" }.batch(ITEMS, warm) { journal = path }.collect()
                }
                refused.message shouldContain "model was \"oracle-1\" and is \"oracle-2\""
                refused.message shouldContain "temperature was not set and is 0.5"
                shouldThrow<JournalMismatchException> {
                    clientOf(Oracle())
                        .batch(ITEMS) {
                            journal = path
                            configuration("prompt 2")
                        }.collect()
                }
                path.readBytes() shouldBe before
            }
        }

        "holds no secret of the configuration" {
            runTest {
                val path = newFolder().resolve("run.journal")
                val task = BatchTask.generate(
                    options {
                        header("X-Token", "hush")
                        extra("password", "hush")
                    },
                )
                clientOf(Oracle()).batch(ITEMS, task) { journal = path }.collect()
                path.readText() shouldNotContain "hush"
            }
        }

        "what is no journal is left as it is" {
            runTest {
                for (text in listOf("precious\n", "precious", "{\"journal\":\"other\"}\n", "{}")) {
                    val path = newFolder().resolve("letter.txt").apply { writeText(text) }
                    shouldThrow<JournalException> { run(Oracle(), path) }.message shouldContain "no journal of a batch"
                    path.readText() shouldBe text
                }
                shouldThrow<JournalException> { run(Oracle(), newFolder()) }.message shouldContain "is a folder"
            }
        }

        "a second writer is refused at once" {
            runTest {
                val path = newFolder().resolve("run.journal")
                val first = launch { clientOf(Oracle { awaitCancellation() }).batch(ITEMS) { journal = path }.collect() }
                while (!Files.exists(path) || Files.size(path) == 0L) yield()
                shouldThrow<JournalInUseException> { run(Oracle(), path) }.message shouldContain "in use by another run"
                first.cancel()
                first.join()
                run(Oracle(), path).done shouldBe ITEMS.size
            }
        }

        "knows each of many keys by its place" {
            val places = HashMap<Long, String>()
            val index = Index { key, place -> places[place] == key }
            for (number in 1L..20_000) {
                places[number] = "key $number"
                index.put("key $number", number, isMet = number % 3 == 0L)
            }
            for (number in 1L..20_000) {
                index.placeOf("key $number") shouldBe number
                index.isMet("key $number") shouldBe (number % 3 == 0L)
            }
            index.placeOf("key 0") shouldBe null
            index.meet("key 1")
            index.isMet("key 1") shouldBe true
            places[30_000] = "key 2"
            index.put("key 2", 30_000, isMet = true)
            index.placeOf("key 2") shouldBe 30_000
            index.size shouldBe 20_000
        }
    })

private val ITEMS = (1..5).map { "item $it" }

/** The last that was told of it. */
private suspend fun run(oracle: Oracle, path: Path): BatchProgress {
    lateinit var last: BatchProgress
    Batch
        .builder(clientOf(oracle), BatchTask.generate())
        .journal(path)
        .progress { last = it }
        .build()
        .completeBatch(ITEMS)
    return last
}
