package dev.tandem

import dev.tandem.model.ChatRequest
import dev.tandem.provider.openai.OpenAi
import dev.tandem.resilience.RetryPolicy
import dev.tandem.testing.FakeServer
import io.ktor.client.engine.mock.MockEngine
import io.ktor.client.engine.mock.MockRequestHandler
import io.ktor.client.engine.mock.respond
import io.ktor.http.Headers
import io.ktor.http.HttpStatusCode
import io.ktor.http.headersOf

const val KEY = "sk-test-0123456789"

/** A client of [server] over real sockets. */
fun clientOf(server: FakeServer, configure: AiClient.Builder.() -> Unit = {}): AiClient = AiClient(OpenAi.compatible(server.url, KEY)) {
    model = "fake-1"
    embeddingModel = "fake-embed"
    retry = RetryPolicy.NONE
    configure()
}

/** A client of an engine that answers by [handler]. */
fun clientOf(handler: MockRequestHandler): AiClient = AiClient(OpenAi(KEY)) {
    engine = MockEngine(handler)
    retry = RetryPolicy.NONE
}

/** A client whose every answer is a stream of [body]. */
fun streaming(body: ByteArray, contentType: String = "text/event-stream"): AiClient =
    clientOf { respond(body, HttpStatusCode.OK, headersOf("Content-Type" to listOf(contentType), "x-request-id" to listOf("req-1"))) }

fun streaming(body: String, contentType: String = "text/event-stream"): AiClient = streaming(body.encodeToByteArray(), contentType)

/** A client whose every answer is [json]. */
fun answering(
    json: String,
    status: Int = 200,
    headers: Headers = headersOf(
        "Content-Type" to listOf("application/json"),
        "x-request-id" to listOf("req-1"),
    ),
): AiClient = clientOf { respond(json, HttpStatusCode.fromValue(status), headers) }

/** Whatever can be said about how an answer is sampled. */
fun ChatRequest.Builder.everySampling() {
    temperature = 0.5
    topP = 0.9
    topK = 7
    maxTokens = 10
    stop("END", "FIN")
    seed = 42
    frequencyPenalty = 0.1
    presencePenalty = -0.1
}
