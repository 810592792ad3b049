@file:JvmName("-Responses")

package dev.tandem.provider.openai.responses

import dev.tandem.provider.http.ChatExchange
import dev.tandem.provider.http.ChatWire
import dev.tandem.provider.http.Endpoint
import dev.tandem.schema.Dialect
import dev.tandem.transport.Framing
import kotlin.jvm.JvmName

/** `POST /responses`. Its items mean nothing to chat completions of the same server, so their [owner] is another one. */
internal fun responsesWire(endpoint: Endpoint, owner: String, schemas: Dialect): ChatWire {
    val exchange = ChatExchange(endpoint, Framing.EVENTS) { ResponsesReader(it, owner) }
    return ChatWire(exchange, { "/responses" }) { request, isStream -> responsesBody(request, endpoint.name, owner, schemas, isStream) }
}
