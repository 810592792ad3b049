package dev.tandem.provider.gemini

import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatResponse
import dev.tandem.model.FinishReason
import dev.tandem.model.FinishReason.Kind
import dev.tandem.provider.StreamedAnswer
import dev.tandem.provider.http.ChatReader
import dev.tandem.provider.http.Pages.Companion.text
import dev.tandem.provider.json.jsonObjectsIn
import dev.tandem.transport.AnswerHead
import dev.tandem.transport.ErrorBody
import dev.tandem.transport.Frame
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.booleanOrNull
import kotlinx.serialization.json.contentOrNull

/** Reads what generateContent says. There is no end marker: an answer has ended when it has said why. */
internal class GeminiReader(head: AnswerHead) : ChatReader(head) {
    private val turn = GeminiTurn()
    private var calls = 0

    override fun take(frame: Frame) {
        // Not Google's, but some that stand in between add it. It says nothing of the answer being whole.
        if (frame.data.trim() == "[DONE]") isDone = true else chunk(frame.data, frame.name)
    }

    /** A list is a stream from somebody who does not know `alt=sse`; anything else is a whole answer. */
    override fun takeWhole(text: String) {
        if (text.trimStart().startsWith('[')) {
            jsonObjectsIn(text).forEach { chunk(it, "") }
            return
        }
        val chunk = chunk(text, "")
        if (chunk.candidates.isNullOrEmpty()) throw malformed("the answer has no candidate", text, null)
        pieces.end()
    }

    override fun complete(): ChatResponse {
        pieces.state(turn.toState())
        return super.complete()
    }

    private fun chunk(text: String, name: String): GeminiChunk {
        val chunk = decode(GeminiChunk.serializer(), text)
        if (name == "error" || (chunk.error != null && chunk.error !is JsonNull)) throw failure(text)
        if (chunk.candidates.isNullOrEmpty()) refuseIfBlocked(chunk, text)
        if (chunk.isKnown()) pieces.head(chunk.id, chunk.model) else add(ChatEvent.Raw(name, text))
        chunk.candidates?.forEach(::candidate)
        usageOf(chunk.usageMetadata)?.let { add(pieces.usage(it)) }
        return chunk
    }

    private fun refuseIfBlocked(chunk: GeminiChunk, text: String) {
        val reason = chunk.promptFeedback?.blockReason?.takeUnless { it.isEmpty() || it == "BLOCK_REASON_UNSPECIFIED" } ?: return
        val why = listOfNotNull("the prompt was blocked, $reason", chunk.promptFeedback.blockReasonMessage).joinToString(": ")
        throw failure(text, ErrorBody(why, reason, "content_filter"))
    }

    private fun GeminiChunk.isKnown() = candidates != null || usageMetadata != null || promptFeedback != null || responseId != null

    private fun candidate(candidate: GeminiChunk.Candidate) {
        val answer = pieces.choice(candidate.index)
        candidate.content?.parts?.forEach { part ->
            val event = part(answer, part)
            // The others are handed out whole, at the end.
            if (candidate.index == 0) {
                turn.add(part)
                add(event)
            }
        }
        candidate.metadata().forEach { (name, value) ->
            if (value != null && value !is JsonNull) answer.metadata(name, (value as? JsonPrimitive)?.content ?: value.toString())
        }
        finishReason(candidate)?.let {
            answer.finish(it)
            if (candidate.index == 0) answer.end()
        }
    }

    private fun part(answer: StreamedAnswer, part: JsonObject): ChatEvent? {
        val text = (part["text"] as? JsonPrimitive)?.contentOrNull
        val call = part["functionCall"] as? JsonObject
        return when {
            text != null && part.isThought() -> answer.reasoning(text)

            text != null -> answer.text(text)

            call != null -> call(answer, call)

            // Program code and its results, pictures and whatever comes next.
            else -> part.keys.firstOrNull { it !in MARKS }?.let { ChatEvent.Raw(it, part.toString()) }
        }
    }

    /** Always whole, and often without an id. */
    private fun call(answer: StreamedAnswer, call: JsonObject): ChatEvent {
        val arguments = call["args"].takeUnless { it is JsonNull }?.toString() ?: "{}"
        return answer.toolCall(calls++, call.text("id").orEmpty(), call.text("name").orEmpty(), arguments)
    }

    private fun JsonObject.isThought() = (this["thought"] as? JsonPrimitive)?.booleanOrNull == true

    private fun finishReason(candidate: GeminiChunk.Candidate): FinishReason? = candidate.finishReason
        ?.takeUnless { it.isEmpty() || it == "FINISH_REASON_UNSPECIFIED" }
        ?.let { FinishReason.of(KINDS[it] ?: Kind.UNKNOWN, it) }

    private companion object {
        /** They are about a part, not the part. */
        val MARKS = setOf("thought", "thoughtSignature", "partMetadata")

        val FILTERED = listOf(
            "SAFETY",
            "RECITATION",
            "BLOCKLIST",
            "PROHIBITED_CONTENT",
            "SPII",
            "LANGUAGE",
            "IMAGE_SAFETY",
            "IMAGE_PROHIBITED_CONTENT",
            "IMAGE_RECITATION",
        )
        val BROKEN = listOf(
            "MALFORMED_FUNCTION_CALL",
            "MALFORMED_RESPONSE",
            "UNEXPECTED_TOOL_CALL",
            "TOO_MANY_TOOL_CALLS",
            "MISSING_THOUGHT_SIGNATURE",
            "IMAGE_OTHER",
            "NO_IMAGE",
        )
        val KINDS = mapOf("STOP" to Kind.STOP, "MAX_TOKENS" to Kind.LENGTH) +
            FILTERED.associateWith { Kind.CONTENT_FILTER } + BROKEN.associateWith { Kind.ERROR }
    }
}
