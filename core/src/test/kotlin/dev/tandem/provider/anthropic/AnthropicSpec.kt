package dev.tandem.provider.anthropic

import dev.tandem.AiClient
import dev.tandem.KEY
import dev.tandem.error.AiException
import dev.tandem.error.NotSupportedException
import dev.tandem.generate
import dev.tandem.model.RawRequest
import dev.tandem.provider.TokenSource
import dev.tandem.testing.AnthropicReplies
import dev.tandem.testing.FakeServer
import dev.tandem.testing.Reply
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.toList
import kotlinx.serialization.json.jsonPrimitive

class AnthropicSpec :
    FunSpec({
        val server = autoClose(FakeServer.start())

        fun builder() = Anthropic.builder().baseUrl(server.url)

        fun clientOf(provider: Anthropic) = autoClose(AiClient(provider))
        val client = clientOf(builder().apiKey(KEY).build())

        test("models, page after page") {
            server.enqueue(AnthropicReplies.modelsWithMore("claude-a", "claude-b"), AnthropicReplies.models("claude-c"))
            client.models().map { it.id } shouldBe listOf("claude-a", "claude-b", "claude-c")
            server.requests.takeLast(2).map { it.path } shouldBe listOf("/v1/models?limit=1000", "/v1/models?limit=1000&after_id=claude-b")
        }

        test("other lists, those that name their next page too") {
            server.enqueue(
                Reply.json("""{"data":[{"id":"a"}],"has_more":true,"next_page":"p2"}"""),
                Reply.json("""{"data":[{"id":"b"}],"has_more":false,"next_page":null}"""),
            )
            client.list("/skills?limit=1").map { it.getValue("id").jsonPrimitive.content }.toList() shouldBe listOf("a", "b")
            server.requests.last().path shouldBe "/v1/skills?limit=1&page=p2"
        }

        test("a request of the user's own") {
            server.enqueue(Reply.json("""{"input_tokens":14}"""))
            client.send(RawRequest.post("/messages/count_tokens", "{}")).body shouldBe """{"input_tokens":14}"""
            server.requests.last().header("x-api-key") shouldBe KEY
            server.requests.last().header("anthropic-version") shouldBe "2023-06-01"
        }

        test("there are no embeddings, and the refusal says where to go") {
            shouldThrow<NotSupportedException> { client.embed("a") }.message!! shouldContain "make a second client for them"
        }

        test("warming up lists a model, and does without the list where there is none") {
            server.enqueue(AnthropicReplies.models("claude-a"), Reply.error(404, """{"detail":"Not Found"}"""))
            client.warmUp()
            client.warmUp()
            server.requests.last().path shouldBe "/v1/models?limit=1"
        }

        test("tokens travel as such, and a refused one is replaced once") {
            val tokens = ArrayDeque(listOf("token-1", "token-2"))
            val withTokens = clientOf(builder().tokens(TokenSource { tokens.removeFirst() }).beta("oauth-2025-04-20").build())
            server.enqueue(AnthropicReplies.error(401, "expired"), AnthropicReplies.chat("ok"))
            withTokens.generate("Hi") shouldBe "ok"
            server.requests.takeLast(2).map { it.header("Authorization") } shouldBe listOf("Bearer token-1", "Bearer token-2")
            server.requests.last().header("x-api-key") shouldBe null
        }

        test("version and betas") {
            val early = clientOf(
                builder()
                    .apiKey(KEY)
                    .version("2024-01-01")
                    .beta("a-1")
                    .beta("b-2")
                    .build(),
            )
            server.enqueue(AnthropicReplies.chat("ok"))
            early.generate("Hi")
            server.requests.last().header("anthropic-version") shouldBe "2024-01-01"
            server.requests.last().header("anthropic-beta") shouldBe "a-1,b-2"
        }

        test("what Anthropic's own variable says gets its path, unless it is there") {
            fun completed(url: String) = Anthropic
                .builder()
                .apiKey(KEY)
                .baseUrl(url)
                .completeUrl()
                .build()
                .baseUrl
            completed("https://proxy.example/") shouldBe "https://proxy.example/v1"
            completed("https://proxy.example/v1") shouldBe "https://proxy.example/v1"
            Anthropic(KEY).baseUrl shouldBe "https://api.anthropic.com/v1"
        }

        test("request id and limits are kept") {
            server.enqueue(AnthropicReplies.error(400, "no"))
            val error = shouldThrow<AiException> { client.generate("Hi") }
            error.requestId shouldBe "req_1"
            error.code shouldBe "invalid_request_error"
        }

        test("no key in any message or toString") {
            server.enqueue(AnthropicReplies.error(401, "wrong key $KEY"))
            shouldThrow<AiException> { client.generate("Hi") }.stackTraceToString() shouldNotContain KEY
            builder().apiKey(KEY).build().toString() shouldNotContain KEY
        }

        fun refused(message: String, attempt: () -> Any?) =
            test(message) { shouldThrow<IllegalArgumentException> { attempt() }.message shouldBe message }

        refused("anthropic needs an API key: call apiKey(…) or tokens(…), or set ANTHROPIC_API_KEY and use Anthropic.fromEnvironment()") {
            Anthropic.builder().build()
        }
        refused("version must look like 2023-06-01, but is 'v1'") { Anthropic.builder().version("v1") }
        refused("a beta must look like context-1m-2025-08-07, but is 'a, b'") { Anthropic.builder().beta("a, b") }
        refused("the API key must not be blank") { Anthropic(" ") }
    })
