package dev.tandem.provider.anthropic

import dev.tandem.AiClient
import dev.tandem.KEY
import dev.tandem.chat
import dev.tandem.model.ChatRequest
import dev.tandem.resilience.RetryPolicy
import io.kotest.matchers.shouldBe
import io.ktor.client.engine.mock.MockEngine
import io.ktor.client.engine.mock.respond
import io.ktor.client.engine.mock.toByteArray
import io.ktor.client.request.HttpRequestData
import io.ktor.http.HttpStatusCode
import io.ktor.http.headersOf
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonObject

/** What Anthropic gets for what a user says. */
internal class Sent {
    lateinit var request: HttpRequestData
    private val engine =
        MockEngine { sent ->
            request = sent
            val done = """{"content":[{"type":"text","text":"ok"}],"stop_reason":"end_turn"}"""
            respond(done, HttpStatusCode.OK, headersOf("Content-Type", "application/json"))
        }

    fun client(provider: Anthropic = Anthropic(KEY)) = AiClient(provider) {
        engine = this@Sent.engine
        model = OLD_MODEL
        retry = RetryPolicy.NONE
    }

    /** The whole body. */
    suspend fun body(): JsonObject = Json.parseToJsonElement(request.body.toByteArray().decodeToString()).jsonObject

    /** The body of what [build] asks for, less what every request has: the model, a limit and one message. */
    suspend fun of(build: ChatRequest.Builder.() -> Unit): JsonObject {
        client().chat(build)
        return JsonObject(
            body().filterNot { (name, value) ->
                name == "model" || (name == "max_tokens" && value == JsonPrimitive(4096)) || (name == "messages" && value == HI)
            },
        )
    }

    companion object {
        const val OLD_MODEL = "claude-sonnet-4-5"
        private val HI = Json.parseToJsonElement("""[{"role":"user","content":[{"type":"text","text":"Hi"}]}]""") as JsonArray
    }
}

internal infix fun JsonObject.shouldBeJson(json: String) {
    this shouldBe Json.parseToJsonElement(json)
}
