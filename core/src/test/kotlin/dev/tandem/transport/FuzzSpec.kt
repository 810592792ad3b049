package dev.tandem.transport

import dev.tandem.error.AiException
import dev.tandem.model.ChatEvent
import dev.tandem.testing.WireDialect
import io.kotest.assertions.fail
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.longs.shouldBeLessThan
import io.kotest.matchers.shouldBe
import kotlin.random.Random
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds
import kotlin.time.TimeSource

/**
 * Whatever arrives, a reader ends, with an answer or a typed exception. Runs for a moment, or for as many seconds as the
 * system property `fuzz.seconds` says; a failure names the seed that repeats it (`fuzz.seed`).
 */
class FuzzSpec :
    FunSpec({
        val time = (System.getProperty("fuzz.seconds") ?: "3").toInt().seconds
        val firstSeed = System.getProperty("fuzz.seed")?.toLong() ?: System.nanoTime()
        val bodies = WireDialect.entries.associateWith { dialect ->
            dialect.tables
                .flatMap { it.rows }
                .filter { it.call.isStream && it.body.isNotEmpty() }
                .map { it.body }
        }

        test("no bytes bring a reader down").config(timeout = time + 1.minutes) {
            val began = TimeSource.Monotonic.markNow()
            var seed = firstSeed
            while (began.elapsedNow() < time) {
                val random = Random(++seed)
                val dialect = WireDialect.entries.random(random)
                val (framing, newReader) = readerOf(dialect)
                val body = Mangler(random).mangle(bodies.getValue(dialect).random(random), bodies.getValue(dialect).random(random))
                try {
                    val reader = newReader(FedHead(200, emptyList()))
                    val events = mutableListOf<ChatEvent>()
                    readEach(cut(body, random), framing.newParser(Lines.DEFAULT_MAX_BYTES), reader) { events += it }
                    val text = events.joinToString("") { it.text }
                    check(reader.complete().text == text) { "the end says something else than the pieces" }
                } catch (_: AiException) {
                    // As it should be.
                } catch (_: LineTooLongException) {
                    // What the reader of a connection makes a typed exception of.
                } catch (e: Throwable) {
                    fail("seed $seed, $dialect: $e, from ${body.decodeToString()}")
                }
            }
        }

        for (framing in listOf(Framing.EVENTS, Framing.LINES)) {
            test("a line that never ends is refused in bounded memory, $framing") {
                val parser = framing.newParser(Lines.DEFAULT_MAX_BYTES)
                val piece = "data: ".encodeToByteArray() + ByteArray(64 * 1024) { 'x'.code.toByte() }
                val before = usedBytes()
                var fed = 0L
                shouldThrow<LineTooLongException> {
                    while (fed < 1L shl 30) {
                        parser.feed(piece, 0, piece.size)
                        fed += piece.size
                        parser.next() shouldBe null
                    }
                }
                fed shouldBeLessThan Lines.DEFAULT_MAX_BYTES + 2L * piece.size
                usedBytes() - before shouldBeLessThan 4L * Lines.DEFAULT_MAX_BYTES
            }
        }

        test("S26 a line up to the limit is read") {
            val parser = SseParser()
            val data = "data: " + "x".repeat(Lines.DEFAULT_MAX_BYTES - 6)
            framesOf(listOf("$data\n\n".encodeToByteArray()), parser).single().data.length shouldBe Lines.DEFAULT_MAX_BYTES - 6
        }
    })

private fun usedBytes(): Long {
    System.gc()
    return Runtime.getRuntime().let { it.totalMemory() - it.freeMemory() }
}

private fun cut(body: ByteArray, random: Random): List<ByteArray> {
    if (body.size < 2) return listOf(body)
    val places = List(random.nextInt(1, 6)) { random.nextInt(1, body.size) }.distinct().sorted()
    return (listOf(0) + places).zip(places + body.size) { from, to -> body.copyOfRange(from, to) }
}
