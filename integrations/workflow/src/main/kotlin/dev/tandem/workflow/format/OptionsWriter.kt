package dev.tandem.workflow.format

import dev.tandem.model.Options
import dev.tandem.model.Reasoning
import dev.tandem.model.ResponseFormat
import dev.tandem.model.ToolChoice
import dev.tandem.workflow.format.FormatProblem.Kind
import dev.tandem.workflow.format.syntax.Said
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put

/** What a file says of an agent's options, without its model and its tools. */
internal class OptionsWriter(private val policies: PolicyWriter, private val problems: Problems) {
    fun write(options: Options, path: String): JsonObject {
        if (options == Options.NONE) return JsonObject(emptyMap())
        val before = problems.count
        val written = fieldsOf(options, path)
        if (problems.count == before) checkNothingIsLost(options, written, path)
        return written
    }

    private fun fieldsOf(options: Options, path: String) = buildJsonObject {
        options.temperature?.let { put("temperature", it) }
        options.topP?.let { put("topP", it) }
        options.topK?.let { put("topK", it) }
        options.maxTokens?.let { put("maxTokens", it) }
        if (options.stop.isNotEmpty()) put("stop", NodeWriter.texts(options.stop))
        options.seed?.let { put("seed", it) }
        options.frequencyPenalty?.let { put("frequencyPenalty", it) }
        options.presencePenalty?.let { put("presencePenalty", it) }
        options.reasoning?.let { put("reasoning", reasoning(it)) }
        options.responseFormat?.let { put("responseFormat", format(it, "$path.responseFormat")) }
        options.toolChoice?.let { put("toolChoice", choice(it)) }
        options.toolPolicy?.let { put("toolPolicy", policies.tools(it, "$path.toolPolicy")) }
        options.promptCaching?.let { put("promptCaching", it) }
        options.repairs?.let { put("repairs", it) }
        options.user?.let { put("user", it) }
        options.conversation?.let { put("conversation", it) }
        options.caching?.let { put("caching", it) }
        if (options.tags.isNotEmpty()) put("tags", NodeWriter.texts(options.tags))
        if (options.metadata.isNotEmpty()) put("metadata", NodeWriter.textsByName(options.metadata))
        if (options.headers.isNotEmpty()) put("headers", NodeWriter.textsByName(options.headers))
        if (options.extra.isNotEmpty()) put("extra", JsonObject(options.extra))
        timers(options, "$path.timersMillis").takeIf { it.isNotEmpty() }?.let { put("timersMillis", it) }
        options.maxEventBytes?.let { put("maxEventBytes", it) }
    }

    private fun timers(options: Options, path: String) = buildJsonObject {
        for ((name, timer) in OptionsReader.TIMERS) {
            val limit = options.limitOf(timer) ?: continue
            // What was not set is told as it usually is: only what was set changes nothing when it is set again.
            val isSet = options.newBuilder().timer(timer, limit).build() == options
            if (isSet) put(name, policies.millis(limit, "$path.$name"))
        }
    }

    private fun reasoning(reasoning: Reasoning): JsonElement =
        reasoning.maxTokens?.let { JsonObject(mapOf("maxTokens" to JsonPrimitive(it))) } ?: JsonPrimitive(reasoning.effort.name.lowercase())

    private fun format(format: ResponseFormat, path: String): JsonElement {
        OptionsReader.FORMATS.entries
            .firstOrNull { it.value === format }
            ?.let { return JsonPrimitive(it.key) }
        // Others than this one check answers by code.
        if (format is ResponseFormat.JsonSchema && format.javaClass == ResponseFormat.JsonSchema::class.java) {
            return JsonObject(mapOf("name" to JsonPrimitive(format.name), "schema" to format.schema))
        }
        problems.add(Kind.NOT_WRITABLE, path, null, "is a type of answers: set it as the agent's answer")
        return JsonNull
    }

    private fun choice(choice: ToolChoice): JsonElement = if (choice is ToolChoice.Named) {
        JsonObject(mapOf("tool" to JsonPrimitive(choice.name)))
    } else {
        JsonPrimitive(
            OptionsReader.CHOICES.entries
                .first { it.value === choice }
                .key,
        )
    }

    /** Reads what was written: options that the client has learned, and the format has not, are not lost without a word. */
    private fun checkNothingIsLost(options: Options, written: JsonObject, path: String) {
        val reading = Problems(null, "read")
        val parts = WorkflowParts.builder()
        options.toolPolicy?.let { policy -> (written["toolPolicy"] as? JsonPrimitive)?.let { parts.toolPolicy(it.content, policy) } }
        val read = Spot(Said.of(written), "", 0, reading).fields()?.let { OptionsReader(parts.build()).read(it) } ?: Options.NONE
        val again = read
            .newBuilder()
            .also { it.toolPolicy = options.toolPolicy }
            .model(options.model)
            .tools(options.tools)
            .build()
        if (reading.count == 0 && again == options) return
        problems.add(Kind.NOT_WRITABLE, path, null, "$options cannot all be written: only ${written.keys} can, and would read as $read")
    }
}
