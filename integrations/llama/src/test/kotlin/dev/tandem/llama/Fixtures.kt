package dev.tandem.llama

import dev.tandem.AiClient
import dev.tandem.model.ChatEvent
import dev.tandem.model.ResponseFormat
import dev.tandem.model.ToolDefinition
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.flow.toList
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import java.nio.file.Files
import java.nio.file.Path

internal const val COROUTINE = "A coroutine is a light task that can pause and resume without blocking a thread."

internal val WEATHER = ToolDefinition.of(
    "get_weather",
    "The weather in a city",
    """{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}""",
)

internal suspend fun <T> pebble(use: suspend (AiClient) -> T): T = AiClient.builder(Llama.bundled()).build().use { use(it) }

/** Room for answers that take a while. */
internal suspend fun <T> roomyPebble(use: suspend (AiClient) -> T): T =
    AiClient.builder(Llama.builder().contextSize(2048).build()).build().use { use(it) }

/** Makes the model say just this, as JSON. */
internal fun sayingOnly(text: String): ResponseFormat = ResponseFormat.jsonSchema("text", buildJsonObject { put("const", text) })

internal suspend fun AiClient.events(prompt: String): List<ChatEvent> = stream(prompt).toList()

internal val bundledBytes: ByteArray by lazy { Files.readAllBytes(BundledWeights.path()) }

/** A file of its own for each call, deleted at the end. */
internal fun fileOf(bytes: ByteArray): Path = Files.createTempFile("tandem-", ".gguf").also {
    it.toFile().deleteOnExit()
    Files.write(it, bytes)
}

/** The model waits for nobody: where it had said all before anybody closed or looked, that is tried again. */
internal suspend fun untilInTime(isInTime: suspend () -> Boolean) {
    (1..20).any { isInTime() } shouldBe true
}
