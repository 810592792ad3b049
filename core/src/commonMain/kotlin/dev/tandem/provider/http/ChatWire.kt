package dev.tandem.provider.http

import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatRequest
import dev.tandem.model.ChatResponse
import dev.tandem.model.Options
import dev.tandem.model.RawRequest
import dev.tandem.model.RawResponse
import kotlinx.coroutines.flow.Flow
import kotlinx.serialization.json.JsonObject

/** One way to ask a server for a chat: where to, with which words, and who reads the answer. A server may have several. */
internal class ChatWire(
    private val exchange: ChatExchange,
    private val path: (Options) -> String,
    private val body: (request: ChatRequest, isStream: Boolean) -> JsonObject,
) {
    suspend fun chat(request: ChatRequest): ChatResponse = exchange.chat(path(request.options), body(request, false), request.options)

    fun write(request: ChatRequest): RawRequest = RawRequest.post(path(request.options), body(request, false)).withOptions(request.options)

    fun read(response: RawResponse): ChatResponse = exchange.read(response)

    /** Cold: sends when collected. */
    fun stream(request: ChatRequest): Flow<ChatEvent> = exchange.stream(path(request.options), body(request, true), request.options)
}
