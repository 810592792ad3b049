package dev.tandem.provider.anthropic

import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatResponse
import dev.tandem.model.FinishReason
import dev.tandem.model.FinishReason.Kind
import dev.tandem.model.ProviderState
import dev.tandem.provider.http.ChatReader
import dev.tandem.provider.http.Pages.Companion.text
import dev.tandem.transport.AnswerHead
import dev.tandem.transport.ErrorBody
import dev.tandem.transport.Frame
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.intOrNull

/** Reads messages, whole ones and the events of a stream. */
internal class MessageReader(head: AnswerHead) : ChatReader(head) {
    private val blocks = mutableListOf<Block>()
    private val usage = MessageUsage()

    override fun take(frame: Frame) {
        val event = decode(JsonObject.serializer(), frame.data)
        // Of the two names some gateways drop the one, some the other.
        val type = event.text("type") ?: frame.name
        when (type) {
            "message_start" -> (event["message"] as? JsonObject)?.let(::begin)
            "content_block_start" -> (event["content_block"] as? JsonObject)?.let { open(Block(indexOf(event), it), it, frame.data) }
            "content_block_delta" -> (event["delta"] as? JsonObject)?.let { grow(blockOf(event, it), it, frame.data) }
            "content_block_stop" -> indexOf(event)?.let(::blockAt)?.let(::close)
            "message_delta" -> change(event["delta"] as? JsonObject, event)
            "message_stop" -> end()
            "ping" -> Unit
            "error" -> throw failure(frame.data)
            else -> if (event.has("error")) throw failure(frame.data) else add(ChatEvent.Raw(type, frame.data))
        }
    }

    override fun takeWhole(text: String) {
        val message = decode(JsonObject.serializer(), text)
        val content = message["content"] as? JsonArray
            ?: throw if (ErrorBody.of(text) == null) malformed("the answer has no content", text, null) else failure(text)
        begin(message)
        content.filterIsInstance<JsonObject>().forEachIndexed { i, json ->
            Block(i, json).let {
                open(it, json, json.toString())
                close(it)
            }
        }
        change(message, JsonObject(emptyMap()))
        end()
    }

    /** An answer of text alone goes back as such; anything else as it came, with thoughts and signatures in their places. */
    override fun complete(): ChatResponse {
        if (!blocks.all(Block::isPlain)) {
            pieces.state(ProviderState(AnthropicTarget.NAME, JsonArray(blocks.filterNot(Block::isBlank).map(Block::toJson))))
        }
        return super.complete()
    }

    private fun begin(message: JsonObject) {
        pieces.head(message.text("id"), message.text("model"))
        count(message)
    }

    private fun open(block: Block, json: JsonObject, data: String) {
        blocks += block
        when (block.type) {
            // Empty as a rule, but not with everybody.
            "text" -> add(pieces.text(json.text("text").orEmpty()))

            "thinking" -> add(pieces.reasoning(json.text("thinking").orEmpty()))

            "redacted_thinking" -> Unit

            "tool_use" -> add(pieces.toolCall(blocks.lastIndex, json.text("id").orEmpty(), json.text("name").orEmpty(), ""))

            else -> add(ChatEvent.Raw(BLOCK, data))
        }
    }

    private fun grow(block: Block, delta: JsonObject, data: String) {
        when (delta.text("type")) {
            "text_delta" -> say(delta.text("text").orEmpty()) { add(pieces.text(block.appended("text", it))) }
            "thinking_delta" -> say(delta.text("thinking").orEmpty()) { add(pieces.reasoning(block.appended("thinking", it))) }
            "signature_delta" -> block.sign(delta.text("signature").orEmpty())
            "input_json_delta" -> input(block, delta.text("partial_json").orEmpty(), data)
            else -> other(block, delta, data)
        }
    }

    /** Not for this library to understand, but some of it has to go back. */
    private fun other(block: Block, delta: JsonObject, data: String) {
        when (delta.text("type")) {
            "citations_delta" -> delta["citation"]?.let(block::cite)
            "compaction_delta" -> block.append("content", delta.text("content").orEmpty())
        }
        add(ChatEvent.Raw(DELTA, data))
    }

    private fun say(piece: String, say: (String) -> Unit) {
        say(piece)
        plain(piece, say)
    }

    private fun Block.appended(field: String, piece: String): String = piece.also { append(field, it) }

    private fun input(block: Block, piece: String, data: String) {
        block.input(piece)
        when {
            !block.isCall -> add(ChatEvent.Raw(DELTA, data))
            piece.isNotEmpty() -> add(pieces.toolCall(blocks.indexOf(block), "", "", piece))
        }
    }

    /** Arguments that came at once are handed out only now: pieces might have followed. */
    private fun close(block: Block) {
        if (block.isCall) block.wholeInput?.let { input(block, it, "") }
    }

    private fun change(delta: JsonObject?, event: JsonObject) {
        delta?.text("stop_reason")?.let { pieces.finish(REASONS[it] ?: FinishReason.of(Kind.UNKNOWN, it)) }
        for (name in STOP_METADATA) if (delta?.has(name) == true) pieces.metadata(name, wordsOf(delta.getValue(name)))
        count(event)
    }

    private fun count(said: JsonObject) {
        (said["usage"] as? JsonObject)?.let { add(pieces.usage(usage.after(it))) }
    }

    private fun end() {
        blocks.forEach(::close)
        pieces.end()
        isDone = true
    }

    /** The block that a piece belongs to. Some servers begin none for text: then the piece begins it. */
    private fun blockOf(event: JsonObject, delta: JsonObject): Block {
        val index = indexOf(event)
        val known = if (index == null) blocks.lastOrNull() else blockAt(index)
        val type = if (delta.text("type") == "thinking_delta") "thinking" else "text"
        return known ?: Block(index, JsonObject(mapOf("type" to JsonPrimitive(type)))).also { blocks += it }
    }

    /** The last of that number: some servers call every block the first. */
    private fun blockAt(index: Int): Block? = blocks.lastOrNull { it.index == index }

    private fun indexOf(event: JsonObject): Int? = (event["index"] as? JsonPrimitive)?.intOrNull

    private fun JsonObject.has(field: String) = get(field).let { it != null && it !is JsonNull }

    private companion object {
        const val BLOCK = "content_block_start"
        const val DELTA = "content_block_delta"

        /** Which of the stop texts it was, and why the model refused. */
        val STOP_METADATA = listOf("stop_sequence", "stop_details")

        val REASONS =
            mapOf(
                "end_turn" to Kind.STOP,
                "stop_sequence" to Kind.STOP,
                "max_tokens" to Kind.LENGTH,
                "model_context_window_exceeded" to Kind.LENGTH,
                // Cut short by Anthropic's own limits: sent back as it is, it goes on.
                "pause_turn" to Kind.LENGTH,
                "compaction" to Kind.LENGTH,
                "tool_use" to Kind.TOOL_CALLS,
                "refusal" to Kind.CONTENT_FILTER,
            ).mapValues { (raw, kind) -> FinishReason.of(kind, raw) }

        fun wordsOf(json: JsonElement): String = (json as? JsonPrimitive)?.content ?: json.toString()
    }
}
