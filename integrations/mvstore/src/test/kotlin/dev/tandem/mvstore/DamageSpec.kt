package dev.tandem.mvstore

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.nulls.shouldBeNull
import io.kotest.matchers.shouldBe
import io.kotest.property.Arb
import io.kotest.property.arbitrary.element
import io.kotest.property.arbitrary.long
import io.kotest.property.checkAll
import java.io.RandomAccessFile
import java.nio.file.Files
import java.nio.file.Path
import kotlin.random.Random
import kotlin.text.Charsets.ISO_8859_1

class DamageSpec :
    FunSpec({
        val keys = List(60) { "key-$it" }

        suspend fun fill(path: Path) = DiskCache.open(path).use { cache -> keys.forEach { cache.put(it, answerOf(it), 60_000) } }

        /** What is read is right or nothing, and once the damage has come to light all goes on as before. */
        suspend fun goOn(path: Path, cache: DiskCache) {
            suspend fun check(key: String) {
                val isNew = cache.damagedFile != null
                cache.put(key, answerOf(key), 60_000)
                val kept = cache.get(key)
                if (isNew || kept != null) kept shouldBe answerOf(key)
            }
            for (key in keys) cache.get(key)?.let { it shouldBe answerOf(key) }
            for (key in keys + "new") check(key)
            for (key in keys) cache.get(key)?.let { it shouldBe answerOf(key) }
            val isNew = cache.damagedFile != null
            cache.close()
            DiskCache.open(path).use { again ->
                for (key in keys) again.get(key)?.let { it shouldBe answerOf(key) }
                if (isNew) again.damagedFile.shouldBeNull()
            }
        }

        test("a file that is none is put aside, and a new one begun") {
            inFolder { folder ->
                val path = folder.resolve("answers.mv")
                val rubbish = Random(1).nextBytes(20_000)
                Files.write(path, rubbish)
                val cache = DiskCache.open(path)
                cache.damagedFile shouldBe folder.resolve("answers.mv.damaged")
                Files.readAllBytes(cache.damagedFile!!) shouldBe rubbish
                goOn(path, cache)
            }
        }

        for ((name, flipped) in listOf("tandem.entries" to "tandem.entsies", "tandem.places" to "tandem.pla#es")) {
            test("a bit that flips in the name of a map makes no other program's file of it: $flipped") {
                inFolder { folder ->
                    val path = folder.resolve("answers.mv")
                    fill(path)
                    Files.write(path, String(Files.readAllBytes(path), ISO_8859_1).replace(name, flipped).toByteArray(ISO_8859_1))
                    val cache = DiskCache.open(path)
                    cache.damagedFile shouldBe folder.resolve("answers.mv.damaged")
                    goOn(path, cache)
                }
            }
        }

        test("an empty file is a new one") {
            inFolder { folder ->
                val path = Files.createFile(folder.resolve("answers.mv"))
                val cache = DiskCache.open(path)
                cache.damagedFile.shouldBeNull()
                goOn(path, cache)
            }
        }

        test("one damaged file is kept, the last") {
            inFolder { folder ->
                val path = folder.resolve("answers.mv")
                for (size in 1..3) {
                    Files.write(path, ByteArray(size * 10_000) { 'x'.code.toByte() })
                    DiskCache.open(path).close()
                }
                Files.size(folder.resolve("answers.mv.damaged")) shouldBe 30_000
                Files.list(folder).use { it.count() } shouldBe 2
            }
        }

        test("bits that flip, pieces that are missing or zero, before and while it is open: no wrong answer and no exception") {
            checkAll(150, Arb.element(Harm.entries), Arb.long()) { harm, seed ->
                inFolder { folder ->
                    val path = folder.resolve("answers.mv")
                    fill(path)
                    harm.doTo(path, Random(seed))
                    goOn(path, DiskCache.open(path))
                }
                inFolder { folder ->
                    val path = folder.resolve("answers.mv")
                    fill(path)
                    val cache = DiskCache.open(path)
                    harm.doTo(path, Random(seed))
                    goOn(path, cache)
                }
            }
        }
    }) {
    private enum class Harm {
        FLIP {
            override fun RandomAccessFile.harm(random: Random) = repeat(random.nextInt(1, 30)) {
                val at = random.nextLong(length())
                seek(at)
                val old = read()
                seek(at)
                write(old xor (1 shl random.nextInt(8)))
            }
        },
        ZERO {
            override fun RandomAccessFile.harm(random: Random) {
                val at = random.nextLong(length())
                seek(at)
                write(ByteArray(random.nextLong(1, length() - at + 1).coerceAtMost(50_000).toInt()))
            }
        },
        NOISE {
            override fun RandomAccessFile.harm(random: Random) {
                seek(random.nextLong(length()))
                write(random.nextBytes(random.nextInt(1, 10_000)))
            }
        },
        CUT {
            override fun RandomAccessFile.harm(random: Random) = setLength(random.nextLong(length()))
        }, ;

        protected abstract fun RandomAccessFile.harm(random: Random)

        fun doTo(path: Path, random: Random) = RandomAccessFile(path.toFile(), "rw").use { it.harm(random) }
    }
}
