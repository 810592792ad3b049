package dev.tandem.testing.page

import dev.tandem.AiClient
import dev.tandem.provider.openai.OpenAi
import dev.tandem.testing.FakeRequest
import dev.tandem.testing.FakeServer
import dev.tandem.testing.OpenAiBatchPlay
import dev.tandem.testing.OpenAiReplies
import dev.tandem.testing.script.Faults
import dev.tandem.testing.script.ScriptedModel
import dev.tandem.testing.script.ScriptedReply
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.ranges.shouldBeIn
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runTest
import java.io.IOException
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse.BodyHandlers

/** The Kotlin of docs/testing.md. */
@OptIn(ExperimentalCoroutinesApi::class)
class TestingPageSpec :
    StringSpec({
        "a script in virtual time" {
            val model = ScriptedModel.saying(ScriptedReply.failure { Faults.rateLimited(30_000) }, ScriptedReply.text("at last"))
            runTest {
                AiClient(model) { clock = testScheduler.timeSource }.use { it.generate("Hi") shouldBe "at last" }
                currentTime shouldBeIn 30_000L..31_000L
            }
        }

        "a server that does as it is told" {
            FakeServer.start().use { server ->
                server.enqueue(OpenAiReplies.chat("Hello"), OpenAiReplies.streamThenHold("Hel"))
                AiClient(OpenAi.compatible(server.url, "any-key")) { model = "any" }.use { ai ->
                    ai.generate("Hi") // Hello
                    ai.streamText("Hi").first() // Hel, and then we go
                    server.awaitHangUp()
                }
            }
        }

        "batches" {
            val play = OpenAiBatchPlay()
            FakeServer.start().answering(play::answer).use { server ->
                play.spoil("POST /v1/batches") { it.cutAt(0) } // made, and nobody hears of it
                val file = post(server, "/v1/files", "multipart/form-data; boundary=b", FORM)
                val input = Regex("\"id\":\"([^\"]+)\"").find(file)!!.groupValues[1]
                val batch = """{"input_file_id":"$input","endpoint":"/v1/chat/completions","completion_window":"24h"}"""
                shouldThrow<IOException> { post(server, "/v1/batches", "application/json", batch) }
                play.complete(play.batches.single()) { body -> OpenAiReplies.chat("Hello") }
                server.requests.map(FakeRequest::path) shouldContainExactly listOf("/v1/files", "/v1/batches")
            }
        }
    })

private val FORM = listOf(
    "--b",
    "Content-Disposition: form-data; name=\"purpose\"",
    "",
    "batch",
    "--b",
    "Content-Disposition: form-data; name=\"file\"; filename=\"in.jsonl\"",
    "Content-Type: application/jsonl",
    "",
    """{"custom_id":"1","method":"POST","url":"/v1/chat/completions","body":{"model":"m","messages":[]}}""",
    "--b--",
    "",
).joinToString("\r\n")

private fun post(server: FakeServer, path: String, type: String, body: String): String {
    val to = URI(server.url.removeSuffix("/v1") + path)
    val request = HttpRequest
        .newBuilder(to)
        .header("Content-Type", type)
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build()
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body()
}
