package dev.tandem.provider

import dev.tandem.error.AiException
import dev.tandem.error.ErrorDetails
import dev.tandem.model.ChatEvent
import dev.tandem.provider.openai.ChatChunkReader
import dev.tandem.provider.openai.OpenAiDialect
import dev.tandem.testing.WireCall
import dev.tandem.testing.WireDialect
import dev.tandem.testing.WireOutcome
import dev.tandem.testing.WireRow
import dev.tandem.testing.WireSplits
import dev.tandem.transport.AnswerHead
import dev.tandem.transport.Frame
import dev.tandem.transport.FrameParser
import dev.tandem.transport.Framing
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe

/** Rows through a parser and a reader, without a connection: whole, cut at every place, and byte by byte. */
class ReaderWireSpec :
    FunSpec({
        for (dialect in WireDialect.entries) {
            val way = wayOf(dialect)
            for (row in dialect.tables.flatMap { it.rows }.filter(way::canGo)) {
                test("$row") {
                    for (pieces in listOf(listOf(row.body)) + WireSplits.inTwo(row.body) + WireSplits.byteByByte(row.body)) {
                        withClue(pieces.joinToString(" | ") { it.decodeToString() }) {
                            way.outcome(pieces).lines(row.expected) shouldBe row.expected
                        }
                    }
                }
            }
        }
    })

private fun wayOf(dialect: WireDialect): Way = when (dialect) {
    WireDialect.OPENAI -> Way(Framing.EVENTS) { ChatChunkReader(it, OpenAiDialect.builder("test", "http://localhost").build()) }
}

private class Way(private val framing: Framing, private val newReader: (AnswerHead) -> ChatReader) {
    /** Streams that are streams: the rest is the business of who has the connection. */
    fun canGo(row: WireRow): Boolean =
        row.call == WireCall.STREAM && row.status == 200 && row.headers.isEmpty() && row.body.isNotEmpty() && row.body[0] !in NO_FRAMES

    fun outcome(pieces: List<ByteArray>): WireOutcome {
        val events = mutableListOf<ChatEvent>()
        return try {
            val reader = newReader(Head)
            for (frame in frames(pieces)) {
                events += reader.read(frame)
                if (reader.isDone) break
            }
            WireOutcome(events + ChatEvent.Completed(reader.complete()), null)
        } catch (e: AiException) {
            WireOutcome(events, e)
        }
    }

    private fun frames(pieces: List<ByteArray>): List<Frame> {
        val parser = framing.newParser()
        return pieces.flatMap { piece ->
            parser.feed(piece, 0, piece.size)
            parser.waiting()
        } + listOfNotNull(parser.finish())
    }

    private fun FrameParser.waiting(): List<Frame> = generateSequence { next() }.toList()

    private companion object {
        /** A web page, or JSON that is no stream. */
        val NO_FRAMES = setOf('<'.code.toByte(), '{'.code.toByte())
    }
}

private object Head : AnswerHead {
    override val provider = "test"

    override fun header(name: String): String? = null

    override fun details(): ErrorDetails.Builder = ErrorDetails.builder().provider(provider).status(200)

    override fun redact(text: String): String = text
}
