package dev.tandem.testing

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement

/**
 * A provider that holds the shared conversation: on which wire, what its server says in it, and where in a request on that
 * wire the things stand that a server has to be told.
 */
internal class Speaker(
    val dialect: WireDialect,
    /** Asks for [Conversation.TOOL]. */
    val call: Said,
    /** Says [Conversation.ANSWER]. */
    val answer: Said,
    private val hear: (JsonElement) -> Heard,
) {
    fun heard(request: FakeRequest): Heard = hear(Json.parseToJsonElement(request.body))

    override fun toString(): String = dialect.name

    /** The same reply in both forms. */
    class Said(val whole: Reply, val streamed: Reply)
}
