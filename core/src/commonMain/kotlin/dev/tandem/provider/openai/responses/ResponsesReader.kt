package dev.tandem.provider.openai.responses

import dev.tandem.model.ChatEvent
import dev.tandem.model.FinishReason
import dev.tandem.model.FinishReason.Kind
import dev.tandem.provider.http.ChatReader
import dev.tandem.provider.http.Pages.Companion.text
import dev.tandem.provider.json.usageOf
import dev.tandem.transport.AnswerHead
import dev.tandem.transport.ErrorBody
import dev.tandem.transport.Frame
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.contentOrNull

/**
 * Reads OpenAI's Responses. The end is `response.completed`, `response.incomplete` or `response.failed`; there is no
 * `[DONE]`, and where a gateway sends one it proves nothing.
 */
internal class ResponsesReader(head: AnswerHead, private val owner: String) : ChatReader(head) {
    private val told = ToldPieces(pieces, ::add)
    private val items = mutableMapOf<Int, JsonObject>()

    override fun take(frame: Frame) {
        if (frame.data.trim() == "[DONE]") return
        val event = decode(ResponseEvent.serializer(), frame.data)
        val type = event.type ?: frame.name
        val spoken = SPOKEN[type]
        when {
            spoken != null -> told.piece(spoken, event, textOf(event.delta))
            type == "error" || type == "response.failed" -> throw failureOf(event, frame.data)
            type in WHOLE -> told.whole(WHOLE.getValue(type), event, textOf(event.text ?: event.refusal ?: event.arguments))
            type == "response.output_item.added" -> added(event, frame.data)
            type == "response.output_item.done" -> done(event, frame.data)
            type in ENDS -> end(event.response as? JsonObject ?: throw malformed("the last event has no response", frame.data, null), type)
            type in BEGINNINGS -> (event.response as? JsonObject)?.let(::begin)
            type !in SILENT -> other(type, frame.data)
        }
    }

    override fun takeWhole(text: String) {
        val response = decode(JsonObject.serializer(), text)
        val error = response["error"]
        if ((error != null && error !is JsonNull) || response.text("status") in LOST) throw failureOf(response, text)
        if (response["output"] !is JsonArray) {
            throw ErrorBody.of(text)?.let { failure(text, it) } ?: malformed("the response has no output", text, null)
        }
        begin(response)
        end(response, "response.completed")
    }

    private fun begin(response: JsonObject) = pieces.head(response.text("id"), response.text("model"))

    private fun added(event: ResponseEvent, text: String) {
        val item = event.item as? JsonObject ?: return
        pieces.head(null, null)
        when (item.text("type")) {
            "function_call" -> told.call(event.outputIndex ?: 0, item)
            "message", "reasoning" -> Unit
            else -> other("response.output_item.added", text)
        }
    }

    private fun done(event: ResponseEvent, text: String) {
        val item = event.item as? JsonObject ?: return
        items[event.outputIndex?.takeUnless { it in items } ?: items.size] = item
        if (!told.item(event.outputIndex ?: 0, item)) other("response.output_item.done", text)
    }

    private fun end(response: JsonObject, type: String) {
        begin(response)
        val output = (response["output"] as? JsonArray).orEmpty().filterIsInstance<JsonObject>()
        // Some gateways say everything in the last event only.
        if (told.isEmpty) output.forEachIndexed { i, item -> told.item(i, item) }
        val all = output.ifEmpty { items.keys.sorted().map(items::getValue) }
        pieces.state(ReturnedItems.stateOf(owner, all))
        response["content_filters"]?.let { if (it !is JsonNull) pieces.metadata("content_filters", it.toString()) }
        usageOf(response["usage"], "input", "output")?.let { add(pieces.usage(it)) }
        val status = response.text("status") ?: type.substringAfter('.')
        if (status in LOST) throw failureOf(response, response.toString())
        pieces.finish(finishReason(status, (response["incomplete_details"] as? JsonObject)?.text("reason")))
        pieces.end()
        isDone = true
    }

    private fun finishReason(status: String, cut: String?) = when (cut ?: status) {
        "completed" -> FinishReason.of(Kind.STOP, "completed")
        "max_output_tokens", "max_tokens", "length" -> FinishReason.of(Kind.LENGTH, cut ?: status)
        "content_filter" -> FinishReason.CONTENT_FILTER
        else -> FinishReason.of(Kind.UNKNOWN, cut ?: status)
    }

    private fun failureOf(event: ResponseEvent, text: String) =
        (event.response as? JsonObject)?.let { failureOf(it, text) } ?: failure(text)

    private fun failureOf(response: JsonObject, text: String) = when (val error = response["error"]) {
        null, JsonNull -> failure(text, ErrorBody("the response was not made: ${response.text("status")}", response.text("status"), null))
        else -> failure(JsonObject(mapOf("error" to error)).toString())
    }

    private fun other(type: String, text: String) {
        // Without a type it may be the error of a gateway that knows nothing of events.
        if (type.isEmpty()) ErrorBody.of(text)?.let { throw failure(text, it) }
        pieces.head(null, null)
        add(ChatEvent.Raw(type, text))
    }

    private companion object {
        val SPOKEN = Spoken.entries.associateBy { "response.${it.word}.delta" }
        val WHOLE = Spoken.entries.associateBy { "response.${it.word}.done" }
        val BEGINNINGS = setOf("response.created", "response.queued", "response.in_progress")
        val ENDS = setOf("response.completed", "response.incomplete")
        val LOST = setOf("failed", "cancelled")

        /** They say nothing that the events around them do not say. */
        val SILENT = setOf(
            "response.content_part.added",
            "response.content_part.done",
            "response.reasoning_summary_part.added",
            "response.reasoning_summary_part.done",
            "response.reasoning_part.added",
            "response.reasoning_part.done",
        )

        fun textOf(json: JsonElement?): String =
            (json as? JsonPrimitive)?.contentOrNull ?: json?.takeIf { it !is JsonNull }?.toString().orEmpty()
    }
}
