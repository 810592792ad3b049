package dev.tandem.provider.gemini

import dev.tandem.AiClient
import dev.tandem.KEY
import dev.tandem.resilience.RetryPolicy
import dev.tandem.testing.FakeServer
import dev.tandem.testing.WireDialect
import io.kotest.matchers.shouldBe
import kotlinx.serialization.json.Json

internal fun geminiOf(server: FakeServer): AiClient = AiClient(WireDialect.GEMINI.provider(server, KEY)) { retry = RetryPolicy.NONE }

/** What arrived last. */
internal infix fun FakeServer.shouldHaveGot(json: String) =
    Json.parseToJsonElement(requests.last().body) shouldBe Json.parseToJsonElement(json)
