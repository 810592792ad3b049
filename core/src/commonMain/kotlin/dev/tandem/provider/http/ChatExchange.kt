package dev.tandem.provider.http

import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatResponse
import dev.tandem.model.Options
import dev.tandem.model.RawResponse
import dev.tandem.model.Timer
import dev.tandem.transport.Answer
import dev.tandem.transport.AnswerHead
import dev.tandem.transport.Frame
import dev.tandem.transport.FrameReader
import dev.tandem.transport.Framing
import dev.tandem.transport.rejectionOf
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.FlowCollector
import kotlinx.coroutines.flow.flow
import kotlinx.serialization.json.JsonObject

/** Asks for a chat answer, whole or as a stream of [framing], and has a new reader make sense of it. */
internal class ChatExchange(
    private val endpoint: Endpoint,
    private val framing: Framing,
    private val newReader: (AnswerHead) -> ChatReader,
) {
    suspend fun chat(path: String, body: JsonObject, options: Options): ChatResponse = endpoint.post(path, body, options) { answer ->
        val reader = newReader(answer)
        reader.readWhole(answer.json())
        reader.complete()
    }

    /** What [response], which came by another way, says to a chat. */
    fun read(response: RawResponse): ChatResponse {
        val head = endpoint.headOf(response)
        if (response.status !in 200..299) throw rejectionOf(head, response.body)
        val reader = newReader(head)
        reader.readWhole(response.body)
        return reader.complete()
    }

    /** Cold: sends when collected. */
    fun stream(path: String, body: JsonObject, options: Options): Flow<ChatEvent> = flow {
        endpoint.post(path, body, options) { answer -> read(answer, newReader(answer)) }
    }

    /** The stream of an answer that is being made already. Cold. */
    fun listen(path: String, options: Options): Flow<ChatEvent> = flow {
        endpoint.get(path, options) { answer -> read(answer, newReader(answer)) }
    }

    private suspend fun FlowCollector<ChatEvent>.read(answer: Answer, reader: ChatReader) {
        val frames = FrameReader(answer, framing)
        val opening = reader.pieces.whole { answer.within(Timer.FIRST_EVENT) { if (isWhole(answer)) null else Opening(frames.next()) } }
        if (opening == null) {
            emitEach(reader.readWhole(reader.pieces.whole { answer.text() }))
        } else {
            var next = opening.frame
            while (next != null) {
                val events = reader.read(next)
                if (!next.isText) frames.learn(reader.plainText, reader.unread)
                emitEach(events)
                if (reader.isDone) break
                next = reader.pieces.whole { frames.arrived() ?: frames.next() }
            }
            emitEach(reader.finish())
        }
        val response = reader.complete()
        answer.drain()
        emit(ChatEvent.Completed(response))
    }

    private suspend inline fun FlowCollector<ChatEvent>.emitEach(events: List<ChatEvent>) {
        for (i in events.indices) emit(events[i])
    }

    /** Some gateways send a whole answer where a stream was asked for. */
    private suspend fun isWhole(answer: Answer): Boolean = when (framing) {
        Framing.EVENTS, Framing.RAW_EVENTS -> answer.isJson()
        Framing.LINES -> false.also { answer.isJson() }
        Framing.TEXT -> answer.isJsonByLabel().also { answer.refuseWebPage() }
    }

    /** The first frame, null where the stream has none. */
    private class Opening(val frame: Frame?)
}
