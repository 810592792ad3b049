package dev.tandem.batch.file

import dev.tandem.model.ChatRequest
import dev.tandem.model.Message
import dev.tandem.model.Reasoning
import dev.tandem.model.ResponseFormat
import dev.tandem.model.ToolChoice
import dev.tandem.model.ToolDefinition
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.booleanOrNull
import kotlinx.serialization.json.doubleOrNull
import kotlinx.serialization.json.intOrNull
import kotlinx.serialization.json.longOrNull

/** The body of a chat as OpenAI writes it, or with `prompt` and `system` in place of `messages`, for any provider. */
internal object RequestBody {
    /** [IllegalArgumentException] names what cannot be. */
    fun read(body: JsonObject): ChatRequest {
        val request = ChatRequest.builder().messages(messagesIn(body))
        for ((name, value) in body) if (value !is JsonNull && name !in MESSAGES) set(request, name, value)
        return request.build()
    }

    private fun messagesIn(body: JsonObject): List<Message> {
        val system = body["system"]?.takeIf { it !is JsonNull }?.let { listOf(Message.system(it.text("system"))) }.orEmpty()
        val prompt = body["prompt"] ?: return system + messagesOf(body)
        val text = prompt.text("prompt")
        require(text.isNotBlank()) { "prompt must not be blank, but is '$text'" }
        require("messages" !in body) { "it has a prompt and messages: give one of them" }
        return system + Message.user(text)
    }

    private fun messagesOf(body: JsonObject): List<Message> {
        val messages = body["messages"] as? JsonArray
        require(!messages.isNullOrEmpty()) { "it has neither a prompt nor messages" }
        return messages.mapIndexed { i, it -> MessageBody.read(it, "messages[$i]") }
    }

    private fun set(to: ChatRequest.Builder, name: String, value: JsonElement) {
        when (name) {
            "model" -> to.model(value.text(name))
            "temperature" -> to.temperature(value.number(name, JsonPrimitive::doubleOrNull))
            "top_p" -> to.topP(value.number(name, JsonPrimitive::doubleOrNull))
            "top_k" -> to.topK(value.number(name, JsonPrimitive::intOrNull))
            "max_tokens", "max_completion_tokens" -> to.maxTokens(value.number(name, JsonPrimitive::intOrNull))
            "seed" -> to.seed(value.number(name, JsonPrimitive::longOrNull))
            "frequency_penalty" -> to.frequencyPenalty(value.number(name, JsonPrimitive::doubleOrNull))
            "presence_penalty" -> to.presencePenalty(value.number(name, JsonPrimitive::doubleOrNull))
            "stop" -> to.stop(*(value as? JsonArray ?: JsonArray(listOf(value))).map { it.text(name) }.toTypedArray())
            "user" -> to.user = value.text(name)
            "metadata" -> value.fields(name).forEach { (key, text) -> to.metadata(key, text.text("metadata.$key")) }
            "reasoning_effort" -> effortOf(value.text(name))?.let(to::reasoning) ?: to.extra(name, value)
            "response_format" -> to.responseFormat(formatOf(value.fields(name)))
            "tools" -> (value as? JsonArray).orEmpty().forEach { to.tool(toolOf(it.fields("tools"))) }
            "tool_choice" -> to.toolChoice(choiceOf(value))
            "stream" -> require((value as? JsonPrimitive)?.booleanOrNull != true) { "stream is true, but a batch has no streams" }
            else -> to.extra(name, value)
        }
    }

    private fun effortOf(text: String): Reasoning? = when (text) {
        "none" -> Reasoning.NONE
        "low" -> Reasoning.LOW
        "medium" -> Reasoning.MEDIUM
        "high" -> Reasoning.HIGH
        else -> null
    }

    private fun formatOf(format: JsonObject): ResponseFormat = when (val type = format["type"]?.text("response_format.type")) {
        "text" -> ResponseFormat.TEXT

        "json_object" -> ResponseFormat.JSON

        "json_schema" -> format["json_schema"].fields("json_schema").let {
            ResponseFormat.jsonSchema(it["name"]?.text("json_schema.name") ?: "answer", it["schema"].fields("json_schema.schema"))
        }

        else -> throw IllegalArgumentException("response_format.type is '$type'")
    }

    private fun toolOf(tool: JsonObject): ToolDefinition {
        val function = tool["function"].fields("tools.function")
        val name = function["name"].text("tools.function.name")
        val description = function["description"]?.takeIf { it !is JsonNull }?.text("description").orEmpty()
        val parameters = function["parameters"]?.takeIf { it !is JsonNull }?.fields("parameters") ?: ToolDefinition.NO_PARAMETERS
        return ToolDefinition(name, description.ifBlank { name }, parameters)
    }

    private fun choiceOf(choice: JsonElement): ToolChoice {
        if (choice is JsonObject) return ToolChoice.named(choice["function"].fields("tool_choice.function")["name"].text("name"))
        return when (val text = choice.text("tool_choice")) {
            "auto" -> ToolChoice.AUTO
            "none" -> ToolChoice.NONE
            "required" -> ToolChoice.REQUIRED
            else -> throw IllegalArgumentException("tool_choice is '$text'")
        }
    }

    private val MESSAGES = setOf("messages", "prompt", "system")
}

internal fun JsonElement?.text(name: String): String {
    require(this is JsonPrimitive && isString) { "$name is no text" }
    return content
}

internal fun JsonElement?.fields(name: String): JsonObject = requireNotNull(this as? JsonObject) { "$name is no object" }

private fun <N : Any> JsonElement.number(name: String, read: (JsonPrimitive) -> N?): N =
    requireNotNull((this as? JsonPrimitive)?.takeIf { !it.isString }?.let(read)) { "$name is no number of its kind" }
