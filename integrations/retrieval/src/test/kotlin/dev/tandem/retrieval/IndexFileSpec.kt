package dev.tandem.retrieval

import dev.tandem.model.Embedding
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.collections.shouldContainExactlyInAnyOrder
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.FileTime
import java.nio.file.attribute.PosixFilePermissions
import java.time.Instant
import java.time.temporal.ChronoUnit
import kotlin.io.path.listDirectoryEntries
import kotlin.random.Random

class IndexFileSpec :
    FunSpec({
        val folder = tempdir().toPath()
        val query = Embedding(FloatArray(7) { it - 3f })

        fun index(count: Int, by: Similarity = Similarity.COSINE) = VectorIndex<String>(by).apply {
            val random = Random(count)
            repeat(count) { add("id $it é", Embedding(FloatArray(7) { random.nextFloat() }), "value $it 好", mapOf("part" to "${it % 3}")) }
        }

        fun answers(index: VectorIndex<String>) = index.search(query, 1_000).map { Triple(it.item, it.value, it.score) }

        test("what was saved is found again as it was, to the last bit") {
            for (by in Similarity.entries) {
                for (count in listOf(0, 1, 256, 700)) {
                    val path = folder.resolve("$by-$count.index")
                    val saved = index(count, by)
                    saved.remove("id 5 é")
                    saved.save(path, ValueFormat.TEXT)
                    val loaded = VectorIndex.load(path, ValueFormat.TEXT)
                    loaded.similarity shouldBe by
                    answers(loaded) shouldContainExactly answers(saved)
                }
            }
        }

        test("chunks keep their places and their metadata") {
            val path = folder.resolve("chunks.index")
            val chunk = Chunk("text", 3, 7, mapOf(Chunk.HEADINGS to "A > B"))
            VectorIndex<Chunk>().apply { addAll(Chunk.items("a.md", listOf(chunk)), listOf(query)) }.save(path, ValueFormat.CHUNK)
            val item = VectorIndex.load(path, ValueFormat.CHUNK)["a.md#0"]
            item?.value shouldBe chunk
            item?.metadata shouldBe mapOf(Chunk.HEADINGS to "A > B", "document" to "a.md")
        }

        test("a file that is cut off anywhere, or changed in any place, is told from a whole one") {
            val path = folder.resolve("damaged.index")
            index(3).save(path, ValueFormat.TEXT)
            val whole = Files.readAllBytes(path)
            for (size in whole.indices) {
                Files.write(path, whole.copyOf(size))
                shouldThrow<IndexFileException> { VectorIndex.load(path, ValueFormat.TEXT) }.message shouldContain "damaged.index"
            }
            for (place in whole.indices) {
                Files.write(path, whole.copyOf().also { it[place] = (it[place] + 1).toByte() })
                shouldThrow<IndexFileException> { VectorIndex.load(path, ValueFormat.TEXT) }
            }
            Files.write(path, whole + 0)
            shouldThrow<IndexFileException> { VectorIndex.load(path, ValueFormat.TEXT) }
        }

        test("the old file stays when the new one fails, and nothing is left beside it") {
            val own = Files.createDirectory(folder.resolve("own"))
            val path = own.resolve("kept.index")
            index(3).save(path, ValueFormat.TEXT)
            val broken = object : ValueFormat<String> by ValueFormat.TEXT {
                override fun write(value: String) = throw IOException("no room")
            }
            shouldThrow<IndexFileException> { index(5).save(path, broken) }.cause?.message shouldBe "no room"
            VectorIndex.load(path, ValueFormat.TEXT).size shouldBe 3
            Files.list(own).use { it.count() } shouldBe 1
        }

        test("others may read the file as they may any new one, and as they might before") {
            val own = Files.createDirectory(folder.resolve("permissions"))
            val path = own.resolve("a.index")
            val any = Files.createFile(own.resolve("any"))
            index(1).save(path, ValueFormat.TEXT)
            Files.getPosixFilePermissions(path) shouldBe Files.getPosixFilePermissions(any)
            for (wanted in listOf("rw-rw-rw-", "rw-------")) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(wanted))
                index(2).save(path, ValueFormat.TEXT)
                PosixFilePermissions.toString(Files.getPosixFilePermissions(path)) shouldBe wanted
            }
        }

        test("a link stays, and what it leads to is replaced, whether it was there or not") {
            val own = Files.createDirectories(folder.resolve("links/real")).parent
            Files.createSymbolicLink(own.resolve("folder"), Path.of("real"))
            val link = Files.createSymbolicLink(own.resolve("link"), Path.of("folder", "a.index"))
            for (count in 1..2) {
                index(count).save(link, ValueFormat.TEXT)
                Files.isSymbolicLink(link) shouldBe true
                VectorIndex.load(own.resolve("real/a.index"), ValueFormat.TEXT).size shouldBe count
            }
            index(3).save(own.resolve("folder/b.index"), ValueFormat.TEXT)
            own.resolve("real").listDirectoryEntries().map { "${it.fileName}" } shouldContainExactlyInAnyOrder
                listOf("a.index", "b.index")
            Files.createSymbolicLink(own.resolve("loop"), Path.of("loop"))
            shouldThrow<IndexFileException> { index(1).save(own.resolve("loop"), ValueFormat.TEXT) }.message shouldContain "loop"
        }

        test("what a stopped process has left is in nobody's way, and goes when it is old") {
            val own = Files.createDirectory(folder.resolve("stale"))
            val path = own.resolve("a.index")
            val left = List(3) { Files.createFile(own.resolve("a.index.$it.new")) }
            val other = Files.createFile(own.resolve("a.index.mine.new"))
            for (each in listOf(left[0], left[1], other)) {
                Files.setLastModifiedTime(each, FileTime.from(Instant.now().minus(2, ChronoUnit.HOURS)))
            }
            index(1).save(path, ValueFormat.TEXT)
            own.listDirectoryEntries() shouldContainExactlyInAnyOrder listOf(path, left[2], other)
        }

        test("a file that is not there, or is a folder, is named") {
            shouldThrow<IndexFileException> { VectorIndex.load(folder.resolve("none"), ValueFormat.TEXT) }.message shouldContain "none"
            shouldThrow<IndexFileException> { index(1).save(folder, ValueFormat.TEXT) }.message shouldContain "$folder"
        }
    })
