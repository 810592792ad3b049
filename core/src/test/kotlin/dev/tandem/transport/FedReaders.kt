package dev.tandem.transport

import dev.tandem.model.ChatEvent
import dev.tandem.provider.anthropic.MessageReader
import dev.tandem.provider.gemini.GeminiReader
import dev.tandem.provider.http.ChatReader
import dev.tandem.provider.locallab.ChatTextReader
import dev.tandem.provider.locallab.GenerateReader
import dev.tandem.provider.ollama.OllamaReader
import dev.tandem.provider.openai.ChatChunkReader
import dev.tandem.provider.openai.OpenAiDialect
import dev.tandem.provider.openai.responses.ResponsesReader
import dev.tandem.provider.replicate.PredictionReader
import dev.tandem.testing.WireDialect
import dev.tandem.testing.WireOutcome
import kotlinx.coroutines.flow.flow

/** How streams of [dialect] are cut and who understands them. */
internal fun readerOf(dialect: WireDialect): Pair<Framing, (AnswerHead) -> ChatReader> = when (dialect) {
    WireDialect.OPENAI -> Framing.EVENTS to { ChatChunkReader(it, OpenAiDialect.OPENAI) }
    WireDialect.ANTHROPIC -> Framing.EVENTS to ::MessageReader
    WireDialect.GEMINI -> Framing.EVENTS to ::GeminiReader
    WireDialect.OLLAMA -> Framing.LINES to ::OllamaReader
    WireDialect.RESPONSES -> Framing.EVENTS to { ResponsesReader(it, "fake") }
    WireDialect.REPLICATE -> Framing.EVENTS to ::PredictionReader
    WireDialect.LOCALLAB -> Framing.RAW_EVENTS to ::GenerateReader
    WireDialect.LOCALLAB_CHAT -> Framing.TEXT to ::ChatTextReader
}

internal fun framesOf(pieces: List<ByteArray>, parser: FrameParser): List<Frame> = buildList {
    for (piece in pieces) {
        parser.feed(piece, 0, piece.size)
        while (true) add(parser.next() ?: break)
    }
    parser.finish()?.let(::add)
}

/** Feeds [reader] as a connection would, so that the parser may learn from it. */
internal inline fun readEach(pieces: List<ByteArray>, parser: FrameParser, reader: ChatReader, use: (ChatEvent) -> Unit) {
    for (piece in pieces + null) {
        piece?.let { parser.feed(it, 0, it.size) }
        while (!reader.isDone) {
            val frame = (if (piece == null) parser.finish() else parser.next()) ?: break
            val events = reader.read(frame)
            if (!frame.isText) parser.learn(reader.plainText, reader.unread)
            events.forEach(use)
        }
    }
    reader.finish().forEach(use)
}

/** What a reader makes of [pieces], fed by hand. */
internal suspend fun read(pieces: List<ByteArray>, framing: Framing, reader: ChatReader): WireOutcome = WireOutcome.of(
    flow {
        readEach(pieces, framing.newParser(Lines.DEFAULT_MAX_BYTES), reader) { emit(it) }
        emit(ChatEvent.Completed(reader.complete()))
    },
)

/** The head of an answer that came over no connection. [headers] are names and values in turn. */
internal class FedHead(override val status: Int, private val headers: List<String>) : AnswerHead {
    override val provider = "fake"

    override fun header(name: String): String? = headers.chunked(2).firstOrNull { it[0].equals(name, ignoreCase = true) }?.get(1)

    override fun redact(text: String): String = text
}
