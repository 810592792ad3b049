package dev.tandem.structured

import dev.tandem.error.ErrorDetails
import dev.tandem.error.StructuredOutputException
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatRequest
import dev.tandem.model.ChatResponse
import dev.tandem.model.FinishReason.Kind
import dev.tandem.model.Message
import dev.tandem.model.ResponseFormat
import dev.tandem.model.Role
import dev.tandem.schema.Schema
import dev.tandem.schema.Tidy
import dev.tandem.schema.Violations
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/** A format with the type behind it: whoever sees it in a request knows that the answer will be read. */
internal class Wanted<T : Any>(private val type: AnswerType<T>) :
    ResponseFormat.JsonSchema(named(type), rooted(type.schema), strict = true) {
    private val isWrapped = !isObject(type.schema)

    fun on(request: ChatRequest): ChatRequest = request.newBuilder().responseFormat(this).build()

    override fun accepts(response: ChatResponse): Boolean = response.toolCalls.isNotEmpty() || read(response.text).value != null

    /** A value, or why there is none. */
    class Reading<out T : Any>(val value: T?, val json: JsonElement, val violations: List<String>)

    /** The first JSON in [text] that fits. If none does, what is wrong is said of the first. */
    fun read(text: String): Reading<T> {
        var wrong: List<String>? = null
        for (candidate in candidatesIn(thoughtOut(text))) {
            val reading = valueOf(candidate)
            if (reading.value != null) return reading
            if (wrong == null) wrong = reading.violations
        }
        return Reading(null, JsonNull, wrong ?: listOf("$ cannot be read: ${whyNoJson(text)}"))
    }

    /** What [response] says, or the exception that tells why it says nothing of the kind. */
    fun extracted(response: ChatResponse): Extracted<T> {
        val reading = read(response.text)
        val value = reading.value ?: throw failure(response, reading.violations, ErrorDetails.builder())
        return Extracted(value, response, reading.json)
    }

    /** [events], as the object that they are to become. */
    fun objectsIn(events: Flow<ChatEvent>): Flow<ObjectEvent<T>> = flow {
        var partial = PartialJson()
        var shown = 0
        events.collect { event ->
            if (event is ChatEvent.Text) {
                partial.feed(event.text)
                if (partial.changes == shown) return@collect
                shown = partial.changes
                partial.now()?.let(::unwrapped)?.let { emit(ObjectEvent(it, null, null)) }
            } else if (event is ChatEvent.ToolFinished) {
                // What was said until then was no answer.
                partial = PartialJson()
                shown = 0
            } else if (event is ChatEvent.Completed) {
                val reading = read(event.response.text)
                val value = reading.value ?: throw failure(event.response, reading.violations, ErrorDetails.builder())
                emit(ObjectEvent(reading.json, value, event.response))
            }
        }
    }

    /** What is wrong with [response]; null where it fits. */
    fun wrongIn(response: ChatResponse): List<String>? = read(response.text).takeIf { it.value == null }?.violations

    /** It was not the type that the model failed at, so it would not do better if it was told. */
    fun isHopeless(response: ChatResponse): Boolean = response.toolCalls.isNotEmpty() || whyNone(response) != null

    fun failure(response: ChatResponse, violations: List<String>, details: ErrorDetails.Builder): StructuredOutputException {
        val told = response.metadata[REPAIRS]?.let { ", though the model was told ($it times)" }.orEmpty()
        val calls = response.toolCalls.map { it.name }
        val why = when {
            calls.isNotEmpty() -> "the model asks for the tools $calls, which nobody runs here: give it a Tool, or none"
            else -> whyNone(response) ?: "the answer is no $name$told: ${violations.take(MOST_SAID).joinToString("; ")}"
        }
        return StructuredOutputException(
            why,
            response.text,
            violations,
            details.partial(response).requestId(response.metadata["requestId"]).build(),
        )
    }

    /** The wrong answer and what is wrong with it, behind [request] and what tools have said to it. */
    fun repairing(request: ChatRequest, steps: List<Message>, response: ChatResponse, violations: List<String>): ChatRequest = request
        .newBuilder()
        .messages(steps)
        // Providers refuse an empty one.
        .messages(listOf(response.message).filter { it.text.isNotBlank() })
        .user("That answer is not right:\n${told(violations)}\nAnswer once more, with nothing but the JSON that is right.")
        .build()

    /** [request] for a target that cannot show the schema to its model. */
    fun told(request: ChatRequest, format: ResponseFormat?): ChatRequest {
        val hint = "Answer with JSON and nothing else. It has to fit this JSON Schema:\n$schema"
        val system = request.messages.indexOfFirst { it.role == Role.SYSTEM }
        val messages = if (system < 0) {
            listOf(Message.system(hint)) + request.messages
        } else {
            request.messages.mapIndexed { i, each -> if (i == system) Message.system("${each.text}\n\n$hint") else each }
        }
        return ChatRequest
            .builder()
            .messages(messages)
            .options(request.options)
            .responseFormat(format)
            .build()
    }

    /** What is behind the thoughts that a server has not parted from the answer. */
    private fun thoughtOut(text: String) = if (text.trimStart().startsWith("<think>")) text.substringAfter("</think>", text) else text

    private fun valueOf(candidate: JsonElement): Reading<T> {
        val whole = Tidy(schema).of(candidate)
        val violations = Violations(schema).of(whole)
        if (violations.isEmpty()) return typed(unwrapped(whole) ?: JsonNull)
        if (!isWrapped) return Reading(null, JsonNull, violations)
        // Some models know better than to wrap it.
        val bare = Tidy(type.schema).of(candidate)
        return if (Violations(type.schema).of(bare).isEmpty()) typed(bare) else Reading(null, JsonNull, violations)
    }

    private fun typed(json: JsonElement): Reading<T> = try {
        Reading(type.read(json), json, emptyList())
    } catch (e: IllegalArgumentException) {
        Reading(null, JsonNull, listOf("$ cannot be read: ${e.message.orEmpty().lineSequence().first().take(LONGEST)}"))
    }

    private fun unwrapped(json: JsonElement): JsonElement? = if (isWrapped) (json as? JsonObject)?.get(WRAPPED) else json

    private fun whyNone(response: ChatResponse): String? = when (response.finishReason.kind) {
        Kind.LENGTH -> "the answer was cut at its limit of tokens, and is no $name: set a larger maxTokens"
        Kind.CONTENT_FILTER -> "the provider withheld the answer: ${response.finishReason.raw}"
        Kind.ERROR -> "the provider lost the answer: ${response.finishReason.raw}"
        else -> response.metadata["refusal"]?.let { "the model refuses: ${it.take(LONGEST)}" }
    }

    private fun told(violations: List<String>) = violations.take(MOST_TOLD).joinToString("\n") { "- $it" } +
        if (violations.size > MOST_TOLD) "\n- and ${violations.size - MOST_TOLD} more" else ""

    internal companion object {
        /** In the metadata of a response. */
        const val REPAIRS = "repairs"
        private const val WRAPPED = "value"
        private const val MOST_TOLD = 20
        private const val MOST_SAID = 5
        private const val LONGEST = 300
        private val NAME = Regex("[A-Za-z0-9_-]{1,64}")

        private fun named(type: AnswerType<*>): String = type.name.also {
            require(NAME.matches(it)) { "the name of an answer type must be 1 to 64 letters, digits, _ or -, but is '$it'" }
        }

        private fun isObject(schema: JsonObject): Boolean {
            val root = (schema[Schema.REF] as? JsonPrimitive)?.let { Schema.at(schema, it.content) as? JsonObject } ?: schema
            return "properties" in root || root["type"] == JsonPrimitive("object")
        }

        /** With an object at its root, as providers want it. */
        private fun rooted(schema: JsonObject): JsonObject {
            if (isObject(schema)) return schema
            require("\"${Schema.REF}\":\"#\"" !in schema.toString()) {
                "a schema that is no object cannot refer to itself by '#': give what it refers to a name in \$defs"
            }
            val definitions = schema.filterKeys { it == Schema.DEFINITIONS || it == "definitions" }
            return JsonObject(Schema.objectOf().property(WRAPPED, JsonObject(schema - definitions.keys)).build() + definitions)
        }
    }
}
