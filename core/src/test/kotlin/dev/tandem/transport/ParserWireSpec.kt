package dev.tandem.transport

import dev.tandem.testing.WireCall
import dev.tandem.testing.WireDialect
import dev.tandem.testing.WireOutcome
import dev.tandem.testing.WireRow
import dev.tandem.testing.WireSplits
import dev.tandem.testing.WireTable
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.core.spec.style.scopes.FunSpecContainerScope
import io.kotest.matchers.nulls.shouldNotBeNull
import io.kotest.matchers.shouldBe

/** Rows through parser and reader alone: whole, cut at every place, and byte by byte. Sockets are the business of tandem-testing. */
class ParserWireSpec :
    FunSpec({
        context("frames") {
            for (row in WireTable.load("sse").rows) prove(row, { framesOf(it, SseParser()).map(Frame::data) }, row.frames.shouldNotBeNull())
        }

        for (dialect in WireDialect.entries) {
            val (framing, newReader) = readerOf(dialect)
            context("$dialect") {
                for (row in dialect.tables.flatMap { it.rows }.filter { isStream(it, framing) }) {
                    prove(row, { read(it, framing, newReader(FedHead(row.status, row.headers))).inWordsOf(row) }, row.expected)
                }
            }
        }
    })

private suspend fun FunSpecContainerScope.prove(row: WireRow, outcome: suspend (List<ByteArray>) -> Any, expected: Any) = test("$row") {
    for (pieces in listOf(listOf(row.body)) + WireSplits.inTwo(row.body) + WireSplits.byteByByte(row.body)) {
        withClue(pieces.joinToString(" | ") { it.decodeToString() }) { outcome(pieces) shouldBe expected }
    }
}

/** What else may come (errors, web pages, whole answers) is not for a reader of streams. */
private fun isStream(row: WireRow, framing: Framing): Boolean {
    if (!row.call.isStream || row.status != 200 || row.body.isEmpty()) return false
    val first = row.body
        .firstOrNull { it > ' '.code }
        ?.toInt()
        ?.toChar()
    return when (framing) {
        Framing.EVENTS, Framing.RAW_EVENTS -> first != null && first !in "{[<"
        Framing.LINES -> first != null && first != '<'
        Framing.TEXT -> listOf("html", "json").none { it in row.contentType }
    }
}

private fun WireOutcome.inWordsOf(row: WireRow) = (if (row.call == WireCall.TEXT) joined() else this).lines(row.expected)
