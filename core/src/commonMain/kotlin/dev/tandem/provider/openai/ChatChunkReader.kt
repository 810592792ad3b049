package dev.tandem.provider.openai

import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatResponse
import dev.tandem.model.FinishReason
import dev.tandem.model.FinishReason.Kind
import dev.tandem.provider.StreamedAnswer
import dev.tandem.provider.ThinkTags
import dev.tandem.provider.http.ChatReader
import dev.tandem.transport.AnswerHead
import dev.tandem.transport.ErrorBody
import dev.tandem.transport.Frame
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.contentOrNull

/** Reads the chunks of chat completions. */
internal class ChatChunkReader(head: AnswerHead, private val dialect: OpenAiDialect) : ChatReader(head) {
    private val state = ReturnedState(dialect)

    /** What came beside the answer. Some say it anew in each chunk; the last counts. */
    private val asides = mutableMapOf<String, JsonElement>()
    private val tags = if (dialect.readsThinkTags) ThinkTags({ add(pieces.reasoning(it)) }, { add(pieces.text(it)) }) else null

    /** OpenAI hides by it how long the pieces are. */
    override val unread: String get() = "obfuscation"

    override fun take(frame: Frame) {
        if (frame.data.trim() == DONE) end() else chunk(frame.data, isError = frame.name == "error")
    }

    /** A whole answer is read as a stream of one chunk. */
    override fun takeWhole(text: String) {
        val chunk = chunk(text, isError = false)
        if (chunk.choices.isNullOrEmpty()) {
            throw ErrorBody.of(text)?.let { failure(text, it) } ?: malformed("the answer has no choice", text, null)
        }
        end()
    }

    override fun complete(): ChatResponse {
        asides.forEach { (name, value) -> pieces.metadata(name, value.toString()) }
        pieces.state(state.toState())
        return super.complete()
    }

    private fun end() {
        tags?.end()
        pieces.end()
        isDone = true
    }

    private fun chunk(text: String, isError: Boolean): ChatChunk {
        val chunk = decode(ChatChunk.serializer(), text)
        if (isError || chunk.isError()) throw failure(text)
        chunk.groq
            ?.error
            ?.takeIf(::isPresent)
            ?.let { throw failureOf(it) }
        if (chunk.choices != null) pieces.head(chunk.id?.contentOrNull, chunk.model?.contentOrNull)
        chunk.fingerprint?.contentOrNull?.let { pieces.metadata("system_fingerprint", it) }
        aside("prompt_filter_results", chunk.promptFilter)
        aside("citations", chunk.citations)
        aside("search_results", chunk.searchResults)
        chunk.choices?.forEach { choice ->
            choice.error?.takeIf(::isPresent)?.let { throw failureOf(it) }
            if (choice.index == 0) choice(choice) else other(choice)
        }
        (usageOf(chunk.usage) ?: usageOf(chunk.groq?.usage))?.let { add(pieces.usage(it)) }
        if (chunk.usage !is JsonObject && chunk.groq == null) chunk.choices?.singleOrNull()?.let(::plain)
        return chunk
    }

    /** Most chunks hold a piece of text or of a thought, and nothing else that is not the same in each. */
    private fun plain(choice: ChatChunk.Choice) {
        val said = choice.delta ?: choice.message
        if (said == null || choice.index != 0 || finishReason(choice) != null || said.hasMore()) return
        val words = listOf(said.content, said.reasoningContent, said.reasoning)
        val only = words.singleOrNull { it != null && textOf(it).isNotEmpty() } as? JsonPrimitive ?: return
        when {
            only === said.content -> {
                plain(only.content, ::text)
            }

            only === said.reasoning -> {
                plain(only.content) { add(pieces.reasoning(it)) }
            }

            else -> {
                plain(only.content) {
                    state.content(it)
                    add(pieces.reasoning(it))
                }
            }
        }
    }

    private fun ChatChunk.Said.hasMore() =
        content is JsonArray || reasoningDetails != null || !refusal.isNullOrEmpty() || !toolCalls.isNullOrEmpty()

    private fun aside(name: String, value: JsonElement?) {
        if (value != null && value !in NOTHING) asides[name] = value
    }

    private fun choice(choice: ChatChunk.Choice) {
        aside("content_filter_results", choice.contentFilter)
        (choice.delta ?: choice.message)?.let { said ->
            reasoning(said)
            said.content?.let { content(it) }
            said.refusal?.let { add(pieces.refusal(it)) }
            said.toolCalls?.forEachIndexed { i, call -> add(toolCall(pieces, i, call)) }
        }
        finishReason(choice)?.let {
            tags?.end()
            pieces.finish(it)
            // Not every server sends [DONE] after it.
            pieces.end()
        }
    }

    /** The second answer and those after it are handed out whole, at the end. */
    private fun other(choice: ChatChunk.Choice) {
        val answer = pieces.choice(choice.index)
        (choice.delta ?: choice.message)?.let { said ->
            said.content?.let { answer.text(textOf(it)) }
            said.toolCalls?.forEachIndexed { i, call -> toolCall(answer, i, call) }
        }
        finishReason(choice)?.let(answer::finish)
    }

    /** Some servers say the same in two or three fields at once. */
    private fun reasoning(said: ChatChunk.Said) {
        said.reasoningDetails?.let(state::details)
        said.reasoningContent?.let { state.content(textOf(it)) }
        val piece = listOfNotNull(
            said.reasoningContent,
            said.reasoning,
            said.reasoningDetails,
        ).map(::textOf).firstOrNull { it.isNotEmpty() }
        add(piece?.let(pieces::reasoning))
    }

    /** Text, or a list of parts of which some may be thoughts. */
    private fun content(content: JsonElement) {
        if (content !is JsonArray) {
            text(textOf(content))
            return
        }
        for (part in content) {
            val fields = part as? JsonObject ?: continue
            fields["text"]?.let { text(textOf(it)) }
            fields["thinking"]?.let { add(pieces.reasoning(textOf(it))) }
        }
    }

    private fun text(piece: String) = tags?.add(piece) ?: add(pieces.text(piece))

    private fun toolCall(answer: StreamedAnswer, position: Int, call: ChatChunk.Call): ChatEvent {
        val arguments = call.function?.arguments?.let { if (it is JsonPrimitive) textOf(it) else it.toString() }
        val id = call.id?.contentOrNull.orEmpty()
        val event = answer.toolCall(call.index ?: position, id, call.function?.name.orEmpty(), arguments.orEmpty())
        // By the id that the call has in the end, which may be one of ours.
        call.extra?.let { state.extra((event as ChatEvent.ToolCallDelta).id, it) }
        return event
    }

    private fun textOf(json: JsonElement): String = when (json) {
        is JsonPrimitive -> json.contentOrNull.orEmpty()
        is JsonArray -> json.joinToString("", transform = ::textOf)
        is JsonObject -> (json["text"] ?: json["summary"])?.let(::textOf).orEmpty()
    }

    private fun finishReason(choice: ChatChunk.Choice): FinishReason? = choice.finishReason
        ?.contentOrNull
        ?.ifEmpty { null }
        ?.let { raw -> REASONS[raw] ?: FinishReason.of(Kind.UNKNOWN, raw) }

    private fun ChatChunk.isError(): Boolean =
        isPresent(error) || (type as? JsonPrimitive)?.contentOrNull == "error" || (choices == null && isPresent(detail))

    private fun failureOf(error: JsonElement) = failure(JsonObject(mapOf("error" to error)).toString())

    private fun isPresent(json: JsonElement?) = json != null && json !is JsonNull

    private companion object {
        const val DONE = "[DONE]"
        val NOTHING = setOf(JsonNull, JsonArray(emptyList()), JsonObject(emptyMap()))
        val REASONS =
            mapOf(
                "stop" to FinishReason.STOP,
                "length" to FinishReason.LENGTH,
                "tool_calls" to FinishReason.TOOL_CALLS,
                "content_filter" to FinishReason.CONTENT_FILTER,
            ) +
                // Words of vendors' own.
                listOf(
                    "function_call" to Kind.TOOL_CALLS,
                    "max_tokens" to Kind.LENGTH,
                    "model_length" to Kind.LENGTH,
                    "end_turn" to Kind.STOP,
                    "sensitive" to Kind.CONTENT_FILTER,
                    "error" to Kind.ERROR,
                    "network_error" to Kind.ERROR,
                    "insufficient_system_resource" to Kind.ERROR,
                ).associate { (raw, kind) -> raw to FinishReason.of(kind, raw) }
    }
}
