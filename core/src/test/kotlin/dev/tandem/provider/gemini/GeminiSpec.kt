package dev.tandem.provider.gemini

import dev.tandem.AiClient
import dev.tandem.KEY
import dev.tandem.error.AiException
import dev.tandem.error.UnauthorizedException
import dev.tandem.model.EmbeddingRequest
import dev.tandem.testing.FakeServer
import dev.tandem.testing.GeminiReplies
import dev.tandem.testing.Reply
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.toList
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject

class GeminiSpec :
    FunSpec({
        val server = autoClose(FakeServer.start())
        val client = autoClose(geminiOf(server))

        test("embeddings of several texts in one request") {
            server.enqueue(GeminiReplies.embeddings(floatArrayOf(1f, 2f), floatArrayOf(3f, 4f)))
            val request = EmbeddingRequest
                .builder()
                .inputs(listOf("a", "b"))
                .dimensions(2)
                .extra("taskType", "RETRIEVAL_QUERY")
                .build()
            client.embed(request).embeddings.map { it.vector.toList() } shouldBe listOf(listOf(1f, 2f), listOf(3f, 4f))
            server.requests.last().path shouldBe "/v1beta/models/gemini-embedding-001:batchEmbedContents"
            server shouldHaveGot
                """{"requests":[{"model":"models/gemini-embedding-001","content":{"parts":[{"text":"a"}]},"outputDimensionality":2,
                "taskType":"RETRIEVAL_QUERY"},{"model":"models/gemini-embedding-001","content":{"parts":[{"text":"b"}]},
                "outputDimensionality":2,"taskType":"RETRIEVAL_QUERY"}]}"""
        }

        test("more texts than a request may carry are split") {
            val sizes = mutableListOf<Int>()
            server.answering { request ->
                val count = Json
                    .parseToJsonElement(request.body)
                    .jsonObject
                    .getValue("requests")
                    .jsonArray.size
                synchronized(sizes) { sizes += count }
                GeminiReplies.embeddings(*Array(count) { floatArrayOf(1f) })
            }
            client.embedMany(List(250) { "t$it" }).size shouldBe 250
            sizes.sorted() shouldBe listOf(50, 100, 100)
        }

        test("models page by page, by their short names") {
            server.enqueue(GeminiReplies.modelsWithMore("a+b=", "gemini-a", "gemini-b"), GeminiReplies.models("gemini-c"))
            client.models().map { it.id } shouldBe listOf("gemini-a", "gemini-b", "gemini-c")
            server.requests.takeLast(2).map { it.path } shouldBe
                listOf("/v1beta/models?pageSize=1000", "/v1beta/models?pageSize=1000&pageToken=a%2Bb%3D")
        }

        test("any other list, which Google leaves out when it is empty") {
            server.enqueue(Reply.json("""{"files":[{"name":"files/1"}],"nextPageToken":"t"}"""), Reply.json("{}"))
            client.list("/files").map { it.getValue("name").toString() }.toList() shouldBe listOf("\"files/1\"")
            server.requests.last().path shouldBe "/v1beta/files?pageToken=t"
        }

        test("warming up costs no tokens") {
            server.enqueue(GeminiReplies.models("m"))
            client.warmUp()
            server.requests.last().path shouldBe "/v1beta/models?pageSize=1"
        }

        test("tokens go where tokens go, and a new one is asked for when one is refused") {
            val tokens = ArrayDeque(listOf("token-old-1", "token-new-2"))
            val provider = Gemini
                .builder()
                .tokens { tokens.removeFirst() }
                .baseUrl("http://127.0.0.1:${server.port}/v1beta")
                .build()
            server.enqueue(GeminiReplies.error(401, "expired"), GeminiReplies.chat("ok"))
            AiClient(provider).use { it.generate("Hi") } shouldBe "ok"
            server.requests.takeLast(2).map { it.header("Authorization") } shouldBe listOf("Bearer token-old-1", "Bearer token-new-2")
            server.requests.last().header("x-goog-api-key") shouldBe null
        }

        test("the key shows nowhere") {
            server.enqueue(GeminiReplies.error(400, "API key not valid: $KEY"))
            val error = shouldThrow<AiException> { client.generate("Hi") }
            error.stackTraceToString() shouldNotContain KEY
            error.excerpt.orEmpty() shouldNotContain KEY
            server.requests.last().path shouldNotContain KEY
            Gemini(KEY).toString() shouldNotContain KEY
            Gemini(KEY).toString() shouldContain "https://generativelanguage.googleapis.com/v1beta"
        }

        test("a wrong key is no wrong request") {
            server.enqueue(
                Reply.error(
                    400,
                    """{"error":{"code":400,"message":"no","status":"INVALID_ARGUMENT","details":[{"reason":"API_KEY_INVALID"}]}}""",
                ),
            )
            shouldThrow<UnauthorizedException> { client.generate("Hi") }.status shouldBe 400
        }

        test("without a key there is no provider") {
            shouldThrow<IllegalArgumentException> { Gemini.builder().build() }.message shouldBe
                "Gemini needs an API key: call apiKey(…), or set GEMINI_API_KEY and use Gemini.fromEnvironment()"
            shouldThrow<IllegalArgumentException> { Gemini.fromEnvironment() }
            shouldThrow<IllegalArgumentException> { Gemini(" ") }
        }
    })
