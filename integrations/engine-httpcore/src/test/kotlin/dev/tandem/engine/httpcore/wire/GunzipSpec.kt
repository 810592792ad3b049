package dev.tandem.engine.httpcore.wire

import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.property.Arb
import io.kotest.property.arbitrary.byte
import io.kotest.property.arbitrary.byteArray
import io.kotest.property.arbitrary.int
import io.kotest.property.checkAll
import java.io.ByteArrayOutputStream
import java.util.zip.GZIPOutputStream
import java.util.zip.ZipException

class GunzipSpec :
    FunSpec({
        val text = "data: to be or not to be\n\n".repeat(200).toByteArray()

        test("whatever Java has packed comes out as it was, cut into pieces of any size") {
            checkAll(Arb.byteArray(Arb.int(0..50_000), Arb.byte()), Arb.int(1..5_000)) { bytes, size ->
                unpacked(gzip(bytes), size) shouldBe bytes
            }
        }

        test("every single byte by itself") {
            unpacked(gzip(text), 1) shouldBe text
        }

        test("a head with all that it may have") {
            val plain = gzip(text)
            val extra = byteArrayOf(3, 0, 1, 2, 3)
            val named = plain.copyOfRange(0, 10).also { it[3] = 0x1E } + extra + "name\u0000comment\u0000".toByteArray() + byteArrayOf(7, 7)
            val withAll = named + plain.copyOfRange(10, plain.size)
            for (size in 1..named.size + 1) unpacked(withAll, size) shouldBe text
        }

        test("what was flushed is out before the rest has come") {
            val packed = ByteArrayOutputStream()
            val gzip = GZIPOutputStream(packed, true)
            gzip.write(text)
            gzip.flush()
            unpacked(packed.toByteArray(), 100, isWhole = false) shouldBe text
        }

        test("no end is no end, wherever it breaks off") {
            val packed = gzip(text)
            for (end in packed.indices) unpacked(packed.copyOf(end), 100, isWhole = false)
        }

        test("what follows the end is left alone") {
            unpacked(gzip(text) + "more".toByteArray(), 10) shouldBe text
        }

        test("a body that is no gzip, or was changed on its way") {
            shouldThrow<ZipException> { unpacked("{\"a\":1}".toByteArray(), 3) }.message shouldBe "the body is said to be gzip, but is not"
            val packed = gzip(text)
            for (at in packed.size - 8 until packed.size) {
                val changed = packed.copyOf().also { it[at] = (it[at] + 1).toByte() }
                shouldThrow<ZipException> { unpacked(changed, 100) }.message shouldBe "the gzip body is not what its checksum says"
            }
        }
    })

private fun gzip(bytes: ByteArray): ByteArray = ByteArrayOutputStream()
    .also { out ->
        GZIPOutputStream(out).use {
            it.write(bytes)
        }
    }.toByteArray()

private fun unpacked(packed: ByteArray, size: Int, isWhole: Boolean = true): ByteArray {
    val gunzip = Gunzip()
    val out = ByteArrayOutputStream()
    for (from in packed.indices step size) {
        gunzip.take(
            packed,
            from,
            minOf(from + size, packed.size),
        ) { plain, count -> out.write(plain, 0, count) }
    }
    gunzip.isWhole shouldBe isWhole
    return out.toByteArray()
}
