package dev.tandem.journal

import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.collections.shouldBeIn
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.property.Arb
import io.kotest.property.arbitrary.list
import io.kotest.property.arbitrary.string
import io.kotest.property.checkAll
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import java.nio.file.Path
import kotlin.io.path.appendText
import kotlin.io.path.readBytes
import kotlin.io.path.readText
import kotlin.io.path.writeBytes
import kotlin.io.path.writeText

class JournalFileSpec :
    StringSpec({
        val kind = Kind("test", "a test", 1)

        fun newPath() = tempdir().toPath().resolve("in a folder").resolve("test.journal")

        fun line(text: String) = JsonObject(mapOf("text" to JsonPrimitive(text)))

        /** What is in it; null for a line that cannot be read. */
        fun read(path: Path, header: JsonObject = line("header")): List<JsonObject?> = JournalFile.open(path).use { file ->
            ArrayList<JsonObject?>().also { all -> file.load(kind, header) { _, line -> all += line } }
        }

        fun write(path: Path, vararg texts: String) = JournalFile.open(path).use { file ->
            file.load(kind, line("header")) { _, _ -> }
            texts.forEach { file.append(line(it)) }
            file.sync()
        }

        "what is written is read again, whatever it is" {
            checkAll(50, Arb.list(Arb.string(0, 3_000), 0..5)) { texts ->
                val path = newPath()
                write(path, *texts.toTypedArray())
                read(path) shouldContainExactly texts.map(::line)
            }
        }

        "each line is found by its place" {
            val path = newPath()
            JournalFile.open(path).use { file ->
                file.load(kind, line("header")) { _, _ -> }
                val places = (0..9).map { file.append(line("$it".repeat(it * 700))) }
                places.forEachIndexed { i, place -> file.lineAt(place) shouldBe line("$i".repeat(i * 700)) }
                file.lineAt(places.last() + 1) shouldBe null
                file.lineAt(1_000_000) shouldBe null
            }
        }

        "cut at every byte it has all lines before the cut, and takes new ones" {
            val path = newPath()
            write(path, "one", "two")
            val whole = path.readBytes()
            for (length in 0 until whole.size) {
                path.writeBytes(whole.copyOf(length))
                withClue("$length of ${whole.size} bytes") {
                    val found = read(path)
                    found shouldBeIn listOf(emptyList(), listOf(line("one")), listOf(line("one"), line("two")))
                    write(path, "three")
                    read(path) shouldContainExactly found + line("three")
                }
            }
        }

        "a line that is damaged is told as such, where a whole one comes after it" {
            val path = newPath()
            write(path, "one", "two", "three")
            path.writeText(path.readText().replace("\"two\"", "\"tow\""))
            read(path) shouldContainExactly listOf(line("one"), null, line("three"))
        }

        "rubbish at the end is cut off" {
            val path = newPath()
            write(path, "one")
            val whole = path.readText()
            path.appendText("{\"text\":\"no check\"}\nnothing\n")
            read(path) shouldContainExactly listOf(line("one"))
            path.readText() shouldBe whole
        }

        "the first line tells what it was begun with" {
            val path = newPath()
            write(path)
            JournalFile.open(path).use { file -> file.load(kind, line("another")) { _, _ -> } shouldBe line("header") }
        }

        "what is another kind, another version or no journal is refused, and left as it is" {
            val path = newPath()
            write(path, "one")
            val whole = path.readText()

            fun refused(kind: Kind) =
                shouldThrow<JournalException> { JournalFile.open(path).use { it.load(kind, line("")) { _, _ -> } } }.message
            refused(Kind("other", "something else", 1)) shouldContain "is no journal of something else: name another file"
            refused(Kind("test", "a test", 2)) shouldContain "is of version 1, and this library writes 2"
            path.readText() shouldBe whole
            path.writeText("dear diary,\nnothing happened\n")
            refused(kind) shouldContain "is no journal of a test"
            path.readText() shouldContain "dear diary"
        }

        "one at a time, and no folder" {
            val path = newPath()
            JournalFile.open(path).use {
                shouldThrow<JournalInUseException> { JournalFile.open(path) }.message shouldContain "is in use by another run"
            }
            JournalFile.open(path).close()
            shouldThrow<JournalException> { JournalFile.open(path.parent) }.message shouldContain "is a folder: name a file in it"
        }
    })
