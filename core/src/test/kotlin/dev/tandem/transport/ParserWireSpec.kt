package dev.tandem.transport

import dev.tandem.error.ErrorDetails
import dev.tandem.model.ChatEvent
import dev.tandem.provider.ChatReader
import dev.tandem.provider.openai.ChatChunkReader
import dev.tandem.provider.openai.OpenAiDialect
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
import kotlinx.coroutines.flow.flow

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
                    prove(row, { read(it, framing, newReader(Head(row))).lines(row.expected) }, row.expected)
                }
            }
        }
    })

private suspend fun FunSpecContainerScope.prove(row: WireRow, outcome: suspend (List<ByteArray>) -> Any, expected: Any) = test("$row") {
    for (pieces in listOf(listOf(row.body)) + WireSplits.inTwo(row.body) + WireSplits.byteByByte(row.body)) {
        withClue(pieces.joinToString(" | ") { it.decodeToString() }) { outcome(pieces) shouldBe expected }
    }
}

private fun readerOf(dialect: WireDialect): Pair<Framing, (AnswerHead) -> ChatReader> = when (dialect) {
    WireDialect.OPENAI -> Framing.EVENTS to { ChatChunkReader(it, OpenAiDialect.OPENAI) }
}

/** What else may come (errors, web pages, whole answers) is not for a reader of streams. */
private fun isStream(row: WireRow, framing: Framing): Boolean {
    val first = row.body
        .firstOrNull { it > ' '.code }
        ?.toInt()
        ?.toChar()
    val isOther = framing == Framing.EVENTS && first != null && first in "{[<"
    return row.call == WireCall.STREAM && row.status == 200 && first != null && !isOther
}

private fun framesOf(pieces: List<ByteArray>, parser: FrameParser): List<Frame> = buildList {
    for (piece in pieces) {
        parser.feed(piece, 0, piece.size)
        while (true) add(parser.next() ?: break)
    }
    parser.finish()?.let(::add)
}

private suspend fun read(pieces: List<ByteArray>, framing: Framing, reader: ChatReader): WireOutcome = WireOutcome.of(
    flow {
        for (frame in framesOf(pieces, framing.newParser())) {
            for (event in reader.read(frame)) emit(event)
            if (reader.isDone) break
        }
        emit(ChatEvent.Completed(reader.complete()))
    },
)

/** The head that the row's answer would have. */
private class Head(private val row: WireRow) : AnswerHead {
    override val provider = "fake"

    override fun header(name: String): String? = row.headers
        .chunked(2)
        .firstOrNull { it[0].equals(name, ignoreCase = true) }
        ?.get(1)

    override fun details(): ErrorDetails.Builder = ErrorDetails
        .builder()
        .provider(provider)
        .status(row.status)
        .requestId(REQUEST_ID_HEADERS.firstNotNullOfOrNull(::header))
        .rateLimits(rateLimitsOf(this))

    override fun redact(text: String): String = text

    private companion object {
        val REQUEST_ID_HEADERS = listOf("x-request-id", "apim-request-id", "cf-ray")
    }
}
