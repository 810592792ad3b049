package dev.tandem.testing.cassette

import io.ktor.client.engine.HttpClientEngineBase
import io.ktor.client.engine.HttpClientEngineConfig
import io.ktor.client.engine.callContext
import io.ktor.client.request.HttpRequestData
import io.ktor.client.request.HttpResponseData
import io.ktor.http.HeadersBuilder
import io.ktor.http.HttpHeaders
import io.ktor.http.HttpProtocolVersion
import io.ktor.http.HttpStatusCode
import io.ktor.util.date.GMTDate
import io.ktor.utils.io.ByteWriteChannel
import io.ktor.utils.io.InternalAPI
import io.ktor.utils.io.writeFully
import io.ktor.utils.io.writer
import kotlinx.coroutines.CoroutineScope
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonObject

/** Answers from a [Tape], and asks nobody. */
@OptIn(InternalAPI::class)
internal class Player(private val tape: Tape) : HttpClientEngineBase("cassette") {
    override val config: HttpClientEngineConfig = HttpClientEngineConfig()

    override suspend fun execute(data: HttpRequestData): HttpResponseData {
        val question = tape.questionOf(data)
        val answer = tape.answerTo(question) ?: refusal(tape.missing(question))
        val context = callContext()
        val body = CoroutineScope(context).writer { say(answer, channel) }
        val headers = HeadersBuilder().apply { answer.headers.forEach { (name, values) -> appendAll(name, values) } }.build()
        return HttpResponseData(
            HttpStatusCode.fromValue(answer.status),
            GMTDate(),
            headers,
            HttpProtocolVersion.HTTP_1_1,
            body.channel,
            context,
        )
    }

    private suspend fun say(answer: Exchange.Answer, channel: ByteWriteChannel) {
        for (piece in answer.pieces) {
            channel.writeFully(piece.bytes())
            channel.flush()
        }
    }

    /** As a provider says no: a typed error whose message is [message], which is not tried again. */
    private fun refusal(message: String) = Exchange.Answer(
        HttpStatusCode.BadRequest.value,
        mapOf(HttpHeaders.ContentType to listOf("application/json")),
        listOf(
            Exchange.Body(
                buildJsonObject {
                    putJsonObject("error") {
                        put("message", message)
                        put("type", "cassette")
                    }
                }.toString(),
            ),
        ),
        isWhole = true,
    )
}
