package dev.tandem.testing

import dev.tandem.testing.Conversation.Companion.ANSWER
import dev.tandem.testing.Conversation.Companion.ARGUMENTS
import dev.tandem.testing.Conversation.Companion.CALL_ID
import dev.tandem.testing.Conversation.Companion.TOOL
import dev.tandem.testing.Speaker.Said
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement

/** All that hold the shared conversation. A new provider is one more of these. */
internal object Speakers {
    private val ARGUMENT_PIECES = ARGUMENTS.chunked(5).toTypedArray()
    private val ANSWER_PIECES = ANSWER.chunked(3).toTypedArray()

    private val OPENAI =
        Speaker(
            WireDialect.OPENAI,
            call = Said(
                OpenAiReplies.toolCall(CALL_ID, TOOL, ARGUMENTS),
                OpenAiReplies.streamToolCall(CALL_ID, TOOL, *ARGUMENT_PIECES),
            ),
            answer = Said(OpenAiReplies.chat(ANSWER), OpenAiReplies.stream(*ANSWER_PIECES)),
        ) { request ->
            val messages = request.allAt("messages")
            val user = messages.where("role", "user").first()
            val assistant = messages.where("role", "assistant")
            Heard(
                messages.where("role", "system").firstOrNull()?.textAt("content"),
                user.textAt("content", 0, "text"),
                user.textAt("content", 1, "image_url", "url")?.substringAfter("base64,"),
                assistant.firstNotNullOfOrNull { it.at("tool_calls", 0) }?.let {
                    val arguments = Json.parseToJsonElement(it.textAt("function", "arguments").orEmpty())
                    Heard.Call(it.textAt("id").orEmpty(), it.textAt("function", "name").orEmpty(), arguments)
                },
                messages.where("role", "tool").firstOrNull()?.let {
                    Heard.Result(it.textAt("tool_call_id").orEmpty(), it.textAt("content").orEmpty())
                },
                assistant.firstOrNull { it.at("tool_calls") == null }?.textAt("content"),
            )
        }

    private val ANTHROPIC =
        Speaker(
            WireDialect.ANTHROPIC,
            call = Said(
                AnthropicReplies.toolCall(CALL_ID, TOOL, ARGUMENTS),
                AnthropicReplies.streamToolCall(CALL_ID, TOOL, *ARGUMENT_PIECES),
            ),
            answer = Said(AnthropicReplies.chat(ANSWER), AnthropicReplies.stream(*ANSWER_PIECES)),
        ) { request ->
            fun blocks(role: String) = request.allAt("messages").where("role", role).flatMap { it.allAt("content") }
            Heard(
                request.textAt("system", 0, "text"),
                blocks("user").where("type", "text").first().textAt("text"),
                blocks("user").where("type", "image").firstOrNull()?.textAt("source", "data"),
                blocks("assistant").where("type", "tool_use").firstOrNull()?.let {
                    Heard.Call(it.textAt("id").orEmpty(), it.textAt("name").orEmpty(), it.getValue("input"))
                },
                blocks("user").where("type", "tool_result").firstOrNull()?.let {
                    Heard.Result(it.textAt("tool_use_id").orEmpty(), it.textAt("content").orEmpty())
                },
                blocks("assistant").where("type", "text").firstOrNull()?.textAt("text"),
            )
        }

    private val GEMINI =
        Speaker(
            WireDialect.GEMINI,
            call = Said(GeminiReplies.toolCall(TOOL, ARGUMENTS, SIGNATURE), GeminiReplies.streamToolCall(TOOL, ARGUMENTS, SIGNATURE)),
            answer = Said(GeminiReplies.chat(ANSWER), GeminiReplies.stream(*ANSWER_PIECES)),
        ) { request ->
            fun parts(role: String) = request.allAt("contents").where("role", role).flatMap { it.allAt("parts") }

            fun part(role: String, kind: String) = parts(role).firstNotNullOfOrNull { it[kind] }
            Heard(
                request.textAt("systemInstruction", "parts", 0, "text"),
                parts("user").first().textAt("text"),
                part("user", "inlineData")?.textAt("data"),
                part("model", "functionCall")?.let { Heard.Call(linkOf(it), it.textAt("name").orEmpty(), it.at("args")!!) },
                part("user", "functionResponse")?.let { Heard.Result(linkOf(it), it.textAt("response", "result").orEmpty()) },
                parts("model").firstNotNullOfOrNull { it.textAt("text") },
            )
        }

    private val OLLAMA =
        Speaker(
            WireDialect.OLLAMA,
            call = Said(OllamaReplies.toolCall(null, TOOL, ARGUMENTS), OllamaReplies.streamToolCall(null, TOOL, ARGUMENTS)),
            answer = Said(OllamaReplies.chat(ANSWER), OllamaReplies.stream(*ANSWER_PIECES)),
        ) { request ->
            val messages = request.allAt("messages")
            val user = messages.where("role", "user").first()
            val assistant = messages.where("role", "assistant")
            Heard(
                messages.where("role", "system").firstOrNull()?.textAt("content"),
                user.textAt("content"),
                user.textAt("images", 0),
                assistant.firstNotNullOfOrNull { it.at("tool_calls", 0) }?.let {
                    Heard.Call(it.textAt("id").orEmpty(), it.textAt("function", "name").orEmpty(), it.at("function", "arguments")!!)
                },
                messages.where("role", "tool").firstOrNull()?.let {
                    Heard.Result(it.textAt("tool_call_id").orEmpty(), it.textAt("content").orEmpty())
                },
                assistant.firstOrNull { it.at("tool_calls") == null }?.textAt("content"),
            )
        }

    /** Here everything is an item of its own. */
    private val RESPONSES =
        Speaker(
            WireDialect.RESPONSES,
            call = Said(
                ResponsesReplies.toolCall(CALL_ID, TOOL, ARGUMENTS),
                ResponsesReplies.streamToolCall(CALL_ID, TOOL, *ARGUMENT_PIECES),
            ),
            answer = Said(ResponsesReplies.chat(ANSWER), ResponsesReplies.stream(*ANSWER_PIECES)),
        ) { request ->
            val items = request.allAt("input")
            val user = items.where("role", "user").first()
            Heard(
                items.where("role", "system").firstOrNull()?.textAt("content") ?: request.textAt("instructions"),
                user.textAt("content", 0, "text"),
                user.textAt("content", 1, "image_url")?.substringAfter("base64,"),
                items.where("type", "function_call").firstOrNull()?.let {
                    val arguments = Json.parseToJsonElement(it.textAt("arguments").orEmpty())
                    Heard.Call(it.textAt("call_id").orEmpty(), it.textAt("name").orEmpty(), arguments)
                },
                items.where("type", "function_call_output").firstOrNull()?.let {
                    Heard.Result(it.textAt("call_id").orEmpty(), it.textAt("output").orEmpty())
                },
                items.where("role", "assistant").firstOrNull()?.let { it.textAt("content", 0, "text") ?: it.textAt("content") },
            )
        }

    /** Gemini's calls go by an id only if the model gave one. */
    private fun linkOf(callOrResult: JsonElement) = callOrResult.textAt("id") ?: callOrResult.textAt("name").orEmpty()

    private const val SIGNATURE = "c2lnbmVk"

    val ALL = listOf(OPENAI, ANTHROPIC, GEMINI, OLLAMA, RESPONSES)
}
