package dev.tandem.provider.ollama

import dev.tandem.AiClient
import dev.tandem.resilience.RetryPolicy
import dev.tandem.testing.FakeServer
import io.kotest.matchers.shouldBe
import kotlinx.serialization.json.Json

internal fun FakeServer.ollama(): Ollama = Ollama.at("http://127.0.0.1:$port")

internal fun ollamaOf(server: FakeServer): AiClient = AiClient(server.ollama()) { retry = RetryPolicy.NONE }

/** What arrived last. */
internal infix fun FakeServer.shouldHaveGot(json: String) =
    Json.parseToJsonElement(requests.last().body) shouldBe Json.parseToJsonElement(json)
