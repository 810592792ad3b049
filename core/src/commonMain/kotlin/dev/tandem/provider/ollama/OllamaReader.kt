package dev.tandem.provider.ollama

import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatResponse
import dev.tandem.model.FinishReason
import dev.tandem.model.FinishReason.Kind
import dev.tandem.model.ProviderState
import dev.tandem.provider.http.ChatReader
import dev.tandem.transport.AnswerHead
import dev.tandem.transport.Frame
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.put

/** Reads the lines of /api/chat. The one that says `done` is the last. */
internal class OllamaReader(head: AnswerHead) : ChatReader(head) {
    private val thoughts = StringBuilder()
    private var calls = 0

    override fun take(frame: Frame) = line(frame.data)

    override fun takeWhole(text: String) = line(text)

    override fun complete(): ChatResponse {
        if (thoughts.isNotEmpty()) pieces.state(ProviderState(Ollama.NAME, buildJsonObject { put("thinking", thoughts.toString()) }))
        return super.complete()
    }

    private fun line(text: String) {
        val line = decode(OllamaLine.serializer(), text)
        if (line.error != null && line.error !is JsonNull) throw failure(text)
        if (line.message == null && !line.done) {
            add(ChatEvent.Raw("", text))
            return
        }
        pieces.head(null, line.model)
        line.message?.let(::said)
        usageOf(line.prompted, line.answered)?.let { add(pieces.usage(it)) }
        if (line.done) end(line.doneReason)
    }

    private fun said(said: OllamaLine.Said) {
        said.thinking?.let {
            thoughts.append(it)
            add(pieces.reasoning(it))
        }
        said.content?.let { add(pieces.text(it)) }
        said.toolCalls?.forEach(::call)
    }

    /** Always whole. Servers count every call as the first, and only newer ones give ids. */
    private fun call(call: OllamaLine.Call) {
        val arguments = when (val given = call.function?.arguments) {
            null, JsonNull -> "{}"
            is JsonPrimitive -> given.content
            else -> given.toString()
        }
        add(pieces.toolCall(calls++, call.id?.contentOrNull.orEmpty(), call.function?.name.orEmpty(), arguments))
    }

    private fun end(reason: String?) {
        pieces.finish(
            when (reason) {
                null, "" -> FinishReason.UNKNOWN
                else -> FinishReason.of(KINDS[reason] ?: Kind.UNKNOWN, reason)
            },
        )
        pieces.end()
        isDone = true
    }

    private companion object {
        /** To a request without messages a server only loads its model, or drops it. */
        val KINDS = mapOf("stop" to Kind.STOP, "length" to Kind.LENGTH, "load" to Kind.STOP, "unload" to Kind.STOP)
    }
}
