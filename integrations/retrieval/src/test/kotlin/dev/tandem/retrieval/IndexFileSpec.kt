package dev.tandem.retrieval

import dev.tandem.model.Embedding
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import java.io.IOException
import java.nio.file.Files
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

        test("a file that is not there, or is a folder, is named") {
            shouldThrow<IndexFileException> { VectorIndex.load(folder.resolve("none"), ValueFormat.TEXT) }.message shouldContain "none"
            shouldThrow<IndexFileException> { index(1).save(folder, ValueFormat.TEXT) }.message shouldContain "$folder"
        }
    })
