package dev.tandem.workflow.format

import dev.tandem.model.Options
import dev.tandem.model.Reasoning
import dev.tandem.model.ResponseFormat
import dev.tandem.model.Timer
import dev.tandem.model.ToolChoice
import dev.tandem.model.ToolDefinition
import dev.tandem.model.ToolPolicy
import dev.tandem.resilience.Jitter
import dev.tandem.resilience.RetryPolicy
import dev.tandem.structured.answerType
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlin.random.Random
import kotlin.time.Duration.Companion.milliseconds

/** Options and policies, each setting set or left open. */
internal class RandomSettings(private val random: Random, private val text: RandomText) {
    fun options(): Options = Options
        .builder()
        .apply {
            maybe { temperature(random.nextDouble(2.0)) }
            maybe { topP(random.nextDouble()) }
            maybe { topK(random.nextInt(1, 100)) }
            maybe { maxTokens(random.nextInt(1, 10_000)) }
            maybe { stop(*Array(random.nextInt(1, 3)) { text.any().ifEmpty { "." } }) }
            maybe { seed(random.nextLong()) }
            maybe { frequencyPenalty(random.nextDouble(-2.0, 2.0)) }
            maybe { presencePenalty(-0.0) }
            maybe { reasoning(listOf(Reasoning.NONE, Reasoning.HIGH, Reasoning.maxTokens(random.nextInt(1, 20_000))).random(random)) }
            maybe { responseFormat(FORMATS.random(random)) }
            maybe { toolChoice(listOf(ToolChoice.AUTO, ToolChoice.NONE, ToolChoice.named(text.any())).random(random)) }
            maybe { toolPolicy(toolPolicy()) }
            maybe { promptCaching(random.nextBoolean()) }
            maybe { repairs(random.nextInt(4)) }
            maybe { user(text.any()) }
            maybe { conversation(text.any()) }
            maybe { caching(random.nextBoolean()) }
            maybe { tag("tag " + text.any()) }
            maybe { metadata(text.any(), text.any()) }
            maybe { header("X-Header", "a value") }
            maybe { extra(text.any(), json()) }
            maybe { timer(Timer.entries.random(random), random.nextLong(1, 1_000_000).milliseconds) }
            // As it is anyway, and yet set.
            maybe { timer(Timer.IDLE, checkNotNull(Options.NONE.limitOf(Timer.IDLE))) }
            maybe { maxEventBytes(random.nextInt(1, 1_000_000)) }
            maybe { model("model-" + text.any()) }
        }.build()

    fun retry(): RetryPolicy {
        if (random.nextInt(4) == 0) return PARTS.retryPolicies.getValue("patient")
        return RetryPolicy
            .builder()
            .apply {
                maybe { maxAttempts(random.nextInt(1, 4)) }
                maybe { firstPauseMillis(random.nextLong(1_000)) }
                maybe { maxPauseMillis(random.nextLong(10_000)) }
                maybe { factor(random.nextDouble(1.0, 4.0)) }
                maybe { jitter(Jitter.entries.random(random)) }
                maybe { maxRetryAfterMillis(listOf(0, 1_000, Long.MAX_VALUE).random(random)) }
                maybe { share(random.nextDouble()) }
                maybe { idempotencyHeader("Idempotency-Key") }
            }.build()
    }

    fun json(depth: Int = 0): JsonElement = when (random.nextInt(if (depth < 3) 8 else 6)) {
        0 -> JsonNull
        1 -> JsonPrimitive(random.nextBoolean())
        2 -> JsonPrimitive(random.nextLong())
        3 -> JsonPrimitive(random.nextDouble(-1e9, 1e9))
        4 -> Json.parseToJsonElement(listOf("0", "-0", "1e400", "1.50", "12345678901234567890", "1E-9").random(random))
        5 -> JsonPrimitive(text.any())
        6 -> JsonArray(List(random.nextInt(4)) { json(depth + 1) })
        else -> JsonObject(List(random.nextInt(4)) { text.any() to json(depth + 1) }.toMap())
    }

    private fun toolPolicy(): ToolPolicy {
        if (random.nextInt(3) == 0) return PARTS.toolPolicies.getValue("asking")
        return ToolPolicy
            .builder()
            .apply {
                maybe { maxRounds(random.nextInt(1, 9)) }
                maybe { concurrency(random.nextInt(1, 9)) }
                maybe { timeoutMillis(random.nextLong(1, 100_000)) }
                maybe { maxResultChars(random.nextInt(1, 9)) }
                maybe { failsWithTool(true) }
            }.build()
    }

    private inline fun maybe(set: () -> Unit) {
        if (random.nextInt(3) == 0) set()
    }

    companion object {
        private const val SCHEMA = """{"type":"object","properties":{"name":{"type":"string"}}}"""

        private val FORMATS = listOf(ResponseFormat.TEXT, ResponseFormat.JSON, ResponseFormat.jsonSchema("city", SCHEMA))

        val PARTS: WorkflowParts = WorkflowParts
            .builder()
            .function("shout") { inputs -> (inputs.item ?: inputs.parents).toString().uppercase() }
            .function("choose") { emptyList<String>() }
            .tool(ToolDefinition("search", "Searches", ToolDefinition.NO_PARAMETERS))
            .tool(ToolDefinition("book", "Books", ToolDefinition.NO_PARAMETERS))
            .answer("numbers", answerType<List<Int>>())
            .answer("words", answerType<List<String>>())
            .retry(
                "patient",
                RetryPolicy
                    .builder()
                    .maxAttempts(2)
                    .retryIf { it is IllegalStateException }
                    .build(),
            ).toolPolicy("asking", ToolPolicy.builder().approval { null }.build())
            .build()
    }
}
