package dev.tandem.transport

import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.property.Arb
import io.kotest.property.arbitrary.list
import io.kotest.property.arbitrary.of
import io.kotest.property.checkAll
import kotlin.random.Random

class SseParserSpec :
    FunSpec({
        class Row(val name: String, val bytes: ByteArray, vararg val events: Frame)

        fun event(data: String, name: String = "") = Frame(name, data, isTerminated = true)

        fun cut(data: String) = Frame("", data, isTerminated = false)

        fun row(name: String, text: String, vararg events: Frame) = Row(name, text.encodeToByteArray(), *events)

        val rows =
            listOf(
                row("LF", "data: {\"x\":1}\n\n", event("{\"x\":1}")),
                row("CRLF", "data: {\"x\":1}\r\n\r\n", event("{\"x\":1}")),
                row("CR", "data: {\"x\":1}\r\r", event("{\"x\":1}")),
                row("mixed line ends", "data: a\r\n\ndata: b\n\r", event("a"), event("b")),
                row("no space", "data:{\"x\":1}\n\ndata:[DONE]\n\n", event("{\"x\":1}"), event("[DONE]")),
                row("two spaces: one belongs to the data", "data:  x\n\n", event(" x")),
                row("trailing spaces belong to the data", "data: x  \n\n", event("x  ")),
                row("several data lines", "data: {\"x\":\ndata: 1}\n\n", event("{\"x\":\n1}")),
                row("comment", ": ping\n\n"),
                row("id then comment", "id: 7\ndata: a\n\n: ping\n\n", event("a")),
                row("comment inside an event", ": WORKING\ndata: a\n\n", event("a")),
                row("empty data", "data:\n\ndata: \n\ndata\n\n"),
                row("retry", "retry: 10000\n\n"),
                row("event without data", "event: ping\n\ndata: a\n\n", event("a")),
                row("named event", "event: error\ndata: a\n\ndata: b\n\n", event("a", "error"), event("b")),
                row("unknown field", "foo: bar\ndata: a\n\n", event("a")),
                row(
                    "JSON without a field",
                    "data: a\n\n{\n  \"error\": {}\n}\n\ndata: b\n\n",
                    event("a"),
                    event("{\n  \"error\": {}\n}"),
                    event("b"),
                ),
                row("JSON without a field at the end", "data: a\n\n{\"error\": {", event("a"), cut("{\"error\": {")),
                row("a field that only begins like data", "database: no\ndata: a\n\n", event("a")),
                row("no blank line at the end", "data: a\n", cut("a")),
                row("no line end at the end", "data: a", cut("a")),
                row("CR as the last byte", "data: a\r", cut("a")),
                row("ended inside JSON", "data: {\"x\":", cut("{\"x\":")),
                row("characters of two, three and four bytes", "data: ä€😀\n\ndata: 語\n\n", event("ä€😀"), event("語")),
                row("blank lines first", "\n\n\ndata: a\n\n", event("a")),
                row("nothing", ""),
                row("byte order mark", "\uFEFFdata: a\n\n", event("a")),
                Row("invalid UTF-8", "data: ".encodeToByteArray() + 0xFF.toByte() + "x\n\n".encodeToByteArray(), event("\uFFFDx")),
            )

        /** Feeds [bytes] in pieces that end at [cuts]. */
        fun parse(bytes: ByteArray, cuts: List<Int>): List<Frame> {
            val parser = SseParser()
            val events = mutableListOf<Frame>()
            var from = 0
            for (to in cuts + bytes.size) {
                parser.feed(bytes, from, to)
                from = to
                while (true) events += parser.next() ?: break
            }
            parser.finish()?.let { events += it }
            return events
        }

        for (row in rows) {
            test("${row.name}, whole, split at every byte, and byte by byte") {
                val expected = row.events.toList()
                parse(row.bytes, emptyList()) shouldBe expected
                parse(row.bytes, (1 until row.bytes.size).toList()) shouldBe expected
                for (cut in 0..row.bytes.size) withClue("cut at $cut") { parse(row.bytes, listOf(cut)) shouldBe expected }
            }
        }

        test("any sequence of rows split anywhere gives the same events") {
            val random = Random(7)
            val whole = rows.filter { row -> row.events.none { !it.isTerminated } && !row.bytes.decodeToString().startsWith("\uFEFF") }
            checkAll(500, Arb.list(Arb.of(whole), 1..12)) { chosen ->
                val bytes = chosen.fold(ByteArray(0)) { all, row -> all + row.bytes }
                val cuts = List(random.nextInt(20)) { random.nextInt(bytes.size + 1) }.sorted()
                parse(bytes, cuts) shouldBe parse(bytes, emptyList())
                parse(bytes, cuts) shouldBe chosen.flatMap { it.events.toList() }
            }
        }

        test("a line of 8 MB is fine, one over the limit is refused") {
            val big = "x".repeat(8 * 1024 * 1024)
            val bytes = "data: $big\n\n".encodeToByteArray()
            parse(bytes, (0 until bytes.size step 16_384).toList()) shouldBe listOf(event(big))
            val parser = SseParser(maxBytes = 100)
            parser.feed(ByteArray(101) { 'x'.code.toByte() }, 0, 101)
            shouldThrow<LineTooLongException> { parser.next() }.message shouldBe "a line of the stream is longer than 100 bytes"
        }
    })
