package dev.tandem.transport

import dev.tandem.error.AiException
import dev.tandem.model.ChatEvent
import dev.tandem.provider.anthropic.MessageReader
import dev.tandem.provider.http.ChatReader
import dev.tandem.provider.openai.ChatChunkReader
import dev.tandem.provider.openai.OpenAiDialect
import io.kotest.assertions.fail
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.ints.shouldBeGreaterThan
import io.kotest.matchers.longs.shouldBeLessThan
import io.kotest.matchers.shouldBe
import java.lang.management.ManagementFactory
import kotlin.random.Random

/** The template must say what the parser says, event for event and error for error: so the parser is its oracle. */
class TextTemplateSpec :
    FunSpec({
        val readers = mapOf(
            "chunks" to { ChatChunkReader(FedHead(200, emptyList()), OpenAiDialect.OPENAI) },
            "chunks with tags" to {
                val dialect = OpenAiDialect
                    .builder("tags", "http://tags")
                    .readThinkTags()
                    .build()
                ChatChunkReader(FedHead(200, emptyList()), dialect)
            },
            "messages" to { MessageReader(FedHead(200, emptyList())) },
        )

        for ((name, newReader) in readers) {
            test("any stream says the same, with the template and without: $name") {
                val first = System.getProperty("fuzz.seed")?.toLong() ?: System.nanoTime()
                var fast = 0
                for (seed in first until first + 4_000) {
                    val random = Random(seed)
                    val pieces = StreamOfDeltas(random, isMessages = name == "messages").pieces()
                    val maxBytes = if (random.nextInt(8) == 0) random.nextInt(100, 400) else Lines.DEFAULT_MAX_BYTES
                    val expected = Told(newReader(), maxBytes, learns = false).of(pieces)
                    val told = Told(newReader(), maxBytes, learns = true)
                    if (told.of(pieces) != expected) fail("seed $seed: ${told.log} instead of $expected for ${joined(pieces)}")
                    fast += told.fast
                }
                fast shouldBeGreaterThan 1_000
            }
        }

        fun fastIn(vararg events: String): Int =
            Told(ChatChunkReader(FedHead(200, emptyList()), OpenAiDialect.OPENAI), Lines.DEFAULT_MAX_BYTES, learns = true)
                .also { it.of(events.map { event -> "data: $event\n\n".encodeToByteArray() }) }
                .fast

        fun saying(content: String, rest: String = "") = """{"choices":[{"delta":{"content":$content}}]$rest}"""

        test("the third event that is alike needs no parser") {
            fastIn(saying("\"a\""), saying("\"b\"")) shouldBe 0
            fastIn(saying("\"a\""), saying("\"b\""), saying("\"c\""), saying("\"\"")) shouldBe 2
        }

        test("a string that nobody reads may be any, and only where nobody reads it") {
            fun hidden(text: String, hidden: String) = saying("\"$text\"", ""","obfuscation":"$hidden"""")
            fastIn(hidden("a", "x"), hidden("b", "yz"), hidden("c", ""), hidden("\\n", "z")) shouldBe 2
            fastIn(hidden("a", "x"), hidden("b", "yz"), hidden("c", "\\n")) shouldBe 0

            fun kept(text: String, kept: String) = saying("\"$text\"", ""","citations":[{"obfuscation":"$kept"}]""")
            fastIn(kept("a", "x"), kept("b", "y"), kept("c", "z")) shouldBe 0
        }

        test("one text does not prove its place") {
            fastIn(saying("\"a\""), saying("\"a\""), saying("\"a\"")) shouldBe 0
            val lie = ""","lie":"a""""
            fastIn(saying("\"\\u0061\"", lie), saying("\"\\u0061\"", lie), saying("\"\\u0061\"", lie)) shouldBe 0
        }

        test("whatever else was said has to be said anew before the template holds again") {
            val usage = """{"choices":[],"usage":{"prompt_tokens":1}}"""
            fastIn(saying("\"a\""), saying("\"b\""), usage, saying("\"c\""), saying("\"d\"")) shouldBe 1
            fastIn(saying("\"a\""), saying("\"b\""), saying("\"\\u00e9\""), saying("\"d\"")) shouldBe 1
        }

        test("a line that looks like a text at its very beginning is looked at with care") {
            for (line in listOf(" \"a\"", "\"a\"", ":\"a\"", ": \"a\"")) {
                val told = Told(ChatChunkReader(FedHead(200, emptyList()), OpenAiDialect.OPENAI), Lines.DEFAULT_MAX_BYTES, learns = true)
                told.of(listOf("$line\ndata: ${saying("\"a\"")}\n\n".encodeToByteArray())).first() shouldBe "Text(a)"
            }
        }

        test("half an event that is alike waits, and is cut at the end") {
            val whole = (1..4).joinToString("") { "data: ${saying("\"$it\"")}\n\n" }.encodeToByteArray()
            for (cut in 0 until whole.size) {
                val pieces = listOf(whole.copyOf(cut))
                val reader = { ChatChunkReader(FedHead(200, emptyList()), OpenAiDialect.OPENAI) }
                Told(reader(), Lines.DEFAULT_MAX_BYTES, true).of(pieces) shouldBe Told(reader(), Lines.DEFAULT_MAX_BYTES, false).of(pieces)
            }
        }

        test("a delta costs a few hundred bytes") {
            val chunk = "data: ${saying("\"#word\"", ""","id":"chatcmpl-1","model":"a","created":1721075653""")}\n\n".encodeToByteArray()
            val reader = ChatChunkReader(FedHead(200, emptyList()), OpenAiDialect.OPENAI)
            val place = chunk.indexOf('#'.code.toByte())
            val parser = SseParser()
            var texts = 0
            val threads = ManagementFactory.getThreadMXBean() as com.sun.management.ThreadMXBean
            val thread = Thread.currentThread().id
            val before = threads.getThreadAllocatedBytes(thread)
            repeat(100_000) {
                // Another text than before.
                chunk[place] = ('a'.code + it % 26).toByte()
                parser.feed(chunk, 0, chunk.size)
                while (true) {
                    val frame = parser.next() ?: break
                    texts += reader.read(frame).size
                    if (!frame.isText) parser.learn(reader.plainText, reader.unread)
                }
            }
            texts shouldBe 100_000
            (threads.getThreadAllocatedBytes(thread) - before) / texts shouldBeLessThan 600L
        }
    })

private fun joined(pieces: List<ByteArray>) = pieces.joinToString("|") { it.decodeToString() }

/** All that a reader says while pieces are fed, and when. */
private class Told(private val reader: ChatReader, maxBytes: Int, private val learns: Boolean) {
    private val parser = SseParser(maxBytes)
    val log = mutableListOf<String>()
    var fast = 0

    fun of(pieces: List<ByteArray>): List<String> {
        try {
            for (piece in pieces) {
                parser.feed(piece, 0, piece.size)
                while (!reader.isDone) told(parser.next() ?: break)
                log += "…"
            }
            while (!reader.isDone) told(parser.finish() ?: break)
            log += reader.finish().map { it.toString() }
            val response = reader.complete()
            log += "$response ${response.metadata} ${response.message.providerState} ${response.alternatives}"
        } catch (e: AiException) {
            log += "$e ${e.details.partial} ${e.details.excerpt}"
        } catch (e: LineTooLongException) {
            log += "$e"
        }
        return log
    }

    private fun told(frame: Frame) {
        log += reader.read(frame).map(ChatEvent::toString)
        if (frame.isText) {
            fast++
        } else if (learns) {
            parser.learn(reader.plainText, reader.unread)
        }
    }
}
