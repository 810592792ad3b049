package dev.tandem.provider

import dev.tandem.AiClient
import dev.tandem.resilience.RetryPolicy
import io.kotest.matchers.shouldBe
import io.ktor.client.engine.mock.MockEngine
import io.ktor.client.engine.mock.respond
import io.ktor.client.engine.mock.toByteArray
import io.ktor.client.request.HttpRequestData
import io.ktor.http.HttpStatusCode
import io.ktor.http.headersOf
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonObject

/** Clients that are answered by [reply] whatever they ask, and what they asked. */
class Asked(private val reply: String) {
    val requests = mutableListOf<HttpRequestData>()
    val last: HttpRequestData get() = requests.last()
    val url: String get() = last.url.toString()

    fun client(provider: Provider, configure: AiClient.Builder.() -> Unit = {}): AiClient = AiClient(provider) {
        retry = RetryPolicy.NONE
        engine = MockEngine { request ->
            requests += request
            respond(reply, HttpStatusCode.OK, headersOf("Content-Type", "application/json"))
        }
        configure()
    }

    suspend fun body(): JsonObject = Json.parseToJsonElement(last.body.toByteArray().decodeToString()).jsonObject

    suspend infix fun bodyIs(json: String) = body() shouldBe Json.parseToJsonElement(json)
}
