package dev.tandem.provider.openai

import dev.tandem.error.AiException
import dev.tandem.error.MalformedResponseException
import dev.tandem.model.ChatEvent
import dev.tandem.model.FinishReason
import dev.tandem.model.FinishReason.Kind
import dev.tandem.model.Usage
import dev.tandem.provider.StreamedAnswer
import dev.tandem.transport.Answer
import dev.tandem.transport.ErrorBody
import dev.tandem.transport.SseEvent
import dev.tandem.transport.rejectionOf
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.doubleOrNull

/** Reads chunks into [pieces] and says what they mean to the user. */
internal class ChatChunks(private val answer: Answer, private val pieces: StreamedAnswer) {
    fun read(event: SseEvent): List<ChatEvent> {
        try {
            return read(event.data, isError = event.name == "error").events
        } catch (e: MalformedResponseException) {
            // Cut in its midst, so not wrong but missing.
            throw if (event.isTerminated) e else pieces.incomplete(e)
        }
    }

    fun read(text: String, isError: Boolean = false): Seen {
        val chunk =
            try {
                OpenAiJson.decodeFromString(ChatChunk.serializer(), text)
            } catch (e: SerializationException) {
                throw malformed(text, e)
            }
        if (isError || chunk.isError()) throw failure(text)
        pieces.head(chunk.id?.contentOrNull, chunk.model)
        chunk.fingerprint?.let { pieces.metadata("system_fingerprint", it) }
        val seen = Seen()
        chunk.choices?.forEach { if (it.index == 0) read(it, seen) }
        (usageOf(chunk.usage) ?: usageOf(chunk.groq?.usage))?.let { seen += pieces.usage(it) }
        return seen
    }

    private fun read(choice: ChatChunk.Choice, seen: Seen) {
        seen.hasChoice = true
        (choice.delta ?: choice.message)?.let { said ->
            seen += said.reasoningContent?.let(pieces::reasoning) ?: said.reasoning?.let { pieces.reasoning(textOf(it)) }
            said.content?.let { content(it, seen) }
            said.refusal?.takeIf(String::isNotEmpty)?.let { seen += ChatEvent.Refusal(it) }
            said.toolCalls?.forEachIndexed { i, call -> seen += toolCall(i, call) }
        }
        choice.finishReason?.let {
            pieces.finish(finishReasonOf(it))
            // Not every server sends [DONE] after it.
            pieces.end()
        }
    }

    /** Text, or a list of parts of which some may be thoughts. */
    private fun content(content: JsonElement, seen: Seen) {
        if (content !is JsonArray) {
            seen += pieces.text(textOf(content))
            return
        }
        for (part in content) {
            val fields = part as? JsonObject ?: continue
            fields["text"]?.let { seen += pieces.text(textOf(it)) }
            fields["thinking"]?.let { seen += pieces.reasoning(textOf(it)) }
        }
    }

    private fun toolCall(position: Int, call: ChatChunk.Call): ChatEvent {
        val arguments = call.function?.arguments?.let { if (it is JsonPrimitive) textOf(it) else it.toString() }
        return pieces.toolCall(call.index ?: position, call.id.orEmpty(), call.function?.name.orEmpty(), arguments.orEmpty())
    }

    private fun textOf(json: JsonElement): String = when (json) {
        is JsonPrimitive -> json.contentOrNull.orEmpty()
        is JsonArray -> json.joinToString("", transform = ::textOf)
        is JsonObject -> json["text"]?.let(::textOf).orEmpty()
    }

    private fun ChatChunk.isError(): Boolean =
        isPresent(error) || (type as? JsonPrimitive)?.contentOrNull == "error" || (choices == null && isPresent(detail))

    private fun isPresent(json: JsonElement?) = json != null && json !is JsonNull

    private fun failure(text: String): AiException {
        val body = ErrorBody.of(text) ?: ErrorBody(answer.excerptOf(text), null, null)
        val details = answer.details().excerpt(answer.excerptOf(text)).partial(pieces.partial())
        return rejectionOf(body.code?.toIntOrNull(), body, details, answer::redact)
    }

    private fun malformed(text: String, cause: Throwable) = MalformedResponseException(
        "${answer.details().build().provider}: this is not what a chat answer looks like: ${answer.excerptOf(text)}",
        answer
            .details()
            .excerpt(answer.excerptOf(text))
            .partial(pieces.partial())
            .build(),
        cause,
    )

    /** What a chunk held. */
    internal class Seen {
        var hasChoice = false
        val events = mutableListOf<ChatEvent>()

        operator fun plusAssign(event: ChatEvent?) {
            if (event != null) events += event
        }
    }

    companion object {
        /** Null for whatever is no count: an answer is not lost for that. */
        fun usageOf(json: JsonElement?): Usage? = (json as? JsonObject)?.let { count ->
            Usage
                .of(tokens(count["prompt_tokens"]), tokens(count["completion_tokens"]))
                .withCachedInput(tokens((count["prompt_tokens_details"] as? JsonObject)?.get("cached_tokens")))
                .withReasoning(tokens((count["completion_tokens_details"] as? JsonObject)?.get("reasoning_tokens")))
        }

        /** Numbers come as numbers, as fractions and as text. */
        private fun tokens(count: JsonElement?): Long = (count as? JsonPrimitive)?.doubleOrNull?.toLong() ?: 0

        private fun finishReasonOf(raw: String): FinishReason = when (raw) {
            "stop" -> FinishReason.STOP
            "length" -> FinishReason.LENGTH
            "tool_calls" -> FinishReason.TOOL_CALLS
            "content_filter" -> FinishReason.CONTENT_FILTER
            "function_call" -> FinishReason.of(Kind.TOOL_CALLS, raw)
            "max_tokens" -> FinishReason.of(Kind.LENGTH, raw)
            "error" -> FinishReason.of(Kind.ERROR, raw)
            else -> FinishReason.of(Kind.UNKNOWN, raw)
        }
    }
}
