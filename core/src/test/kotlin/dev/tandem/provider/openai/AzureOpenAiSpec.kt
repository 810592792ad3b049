package dev.tandem.provider.openai

import dev.tandem.AiClient
import dev.tandem.KEY
import dev.tandem.error.ContentFilteredException
import dev.tandem.error.ModelNotFoundException
import dev.tandem.error.UnauthorizedException
import dev.tandem.generate
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatRequest
import dev.tandem.model.EmbeddingRequest
import dev.tandem.model.RawRequest
import dev.tandem.provider.Asked
import dev.tandem.provider.TokenSource
import dev.tandem.testing.FakeServer
import dev.tandem.testing.OpenAiReplies
import dev.tandem.testing.OpenAiReplies.event
import dev.tandem.testing.Reply
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeIn
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.toList
import java.util.concurrent.atomic.AtomicInteger

/** Both paths, both credentials. */
class AzureOpenAiSpec :
    FunSpec({
        val host = "https://mine.openai.azure.com"

        fun azure(configure: AzureOpenAi.Builder.() -> Unit = {}): AzureOpenAi = AzureOpenAi
            .builder()
            .endpoint(host)
            .apiKey(KEY)
            .deployment("chat-1")
            .embeddingDeployment("embed-1")
            .apply(configure)
            .build()

        val chat = Asked("""{"choices":[{"message":{"content":"ok"},"finish_reason":"stop"}]}""")
        val vector = Asked("""{"data":[{"index":0,"embedding":[1]}]}""")
        val list = Asked("""{"data":[{"id":"gpt-4o"}],"next":null}""")

        test("the newer path has the model in the body and no version") {
            chat.client(azure()).generate("Hi") { maxTokens = 5 }
            chat.url shouldBe "$host/openai/v1/chat/completions"
            chat bodyIs """{"model":"chat-1","messages":[{"role":"user","content":"Hi"}],"max_completion_tokens":5}"""
            chat.last.headers["api-key"] shouldBe KEY
            chat.last.headers["Authorization"] shouldBe null
            vector.client(azure()).embed("a")
            vector.url shouldBe "$host/openai/v1/embeddings"
            list
                .client(azure())
                .models()
                .single()
                .id shouldBe "gpt-4o"
            list.url shouldBe "$host/openai/v1/models"
            chat.client(azure()).send(RawRequest.get("/files?limit=1"))
            chat.url shouldBe "$host/openai/v1/files?limit=1"
        }

        test("the older path names the deployment, and each address has the version") {
            val old = azure { apiVersion("2024-10-21") }
            chat.client(old).generate("Hi")
            chat.url shouldBe "$host/openai/deployments/chat-1/chat/completions?api-version=2024-10-21"
            chat.client(old).generate("Hi") { model = "odd/name?" }
            chat.url shouldBe "$host/openai/deployments/odd%2Fname%3F/chat/completions?api-version=2024-10-21"
            vector.client(old).embed(EmbeddingRequest.builder().input("a").build())
            vector.url shouldBe "$host/openai/deployments/embed-1/embeddings?api-version=2024-10-21"
            list.client(old).models()
            list.url shouldBe "$host/openai/models?api-version=2024-10-21"
            list.client(old).warmUp()
            list.url shouldBe "$host/openai/models?api-version=2024-10-21"
            chat.client(old).send(RawRequest.get("/files?limit=1"))
            chat.url shouldBe "$host/openai/files?limit=1&api-version=2024-10-21"
            list.client(old).list("/batches").toList()
            list.url shouldBe "$host/openai/batches?api-version=2024-10-21"
        }

        test("Responses, on both paths") {
            val asked = Asked("""{"status":"completed","output":[]}""")
            asked.client(azure { responses() }).generate("Hi")
            asked.url shouldBe "$host/openai/v1/responses"
            asked
                .client(
                    azure {
                        responses()
                        apiVersion("2025-03-01-preview")
                    },
                ).generate("Hi")
            asked.url shouldBe "$host/openai/responses?api-version=2025-03-01-preview"
            asked.body()["model"].toString() shouldBe "\"chat-1\""
        }

        test("an endpoint as Azure's pages show it") {
            for (shown in listOf("$host/", "$host/openai", "$host/openai/v1/")) {
                chat.client(azure { endpoint(shown) }).generate("Hi")
                chat.url shouldBe "$host/openai/v1/chat/completions"
            }
        }

        test("what the content filter found is metadata; the last word counts") {
            val found = """{"hate":{"filtered":false,"severity":"safe"}}"""
            val body = event("""{"choices":[],"prompt_filter_results":[{"prompt_index":0}]}""") +
                event("""{"choices":[{"index":0,"delta":{"content":"a"},"content_filter_results":{}}]}""") +
                event("""{"choices":[{"index":0,"delta":{},"finish_reason":"stop","content_filter_results":$found}]}""") + done
            val response = (events(body).last() as ChatEvent.Completed).response
            response.metadata["prompt_filter_results"] shouldBe """[{"prompt_index":0}]"""
            response.metadata["content_filter_results"] shouldBe found
        }

        test("deployments nobody made and prompts nobody may send have types of their own") {
            FakeServer.start().use { server ->
                val client = AiClient(azure { endpoint("http://127.0.0.1:${server.port}") })
                server.enqueue(
                    Reply.error(404, """{"error":{"code":"DeploymentNotFound","message":"The API deployment does not exist"}}"""),
                    Reply.error(
                        400,
                        """{"error":{"code":"content_filter","message":"filtered","innererror":{"code":"ResponsibleAIPolicyViolation"}}}""",
                    ),
                )
                shouldThrow<ModelNotFoundException> { client.generate("Hi") }.code shouldBe "DeploymentNotFound"
                shouldThrow<ContentFilteredException> { client.generate("Hi") }
                client.close()
            }
        }

        test("H11 a token that ran out is replaced once, for all of a hundred calls at once") {
            FakeServer.start().use { server ->
                val asked = AtomicInteger()
                val source = TokenSource { "token-${asked.incrementAndGet()}" }
                val provider = AzureOpenAi
                    .builder()
                    .endpoint("http://127.0.0.1:${server.port}")
                    .tokens(source)
                    .deployment("chat-1")
                    .build()
                server.answering { request ->
                    when (request.header("Authorization")) {
                        "Bearer token-1" -> Reply.error(401, """{"error":{"code":"401","message":"token-1 has expired"}}""")
                        "Bearer token-2" -> OpenAiReplies.chat("ok")
                        else -> Reply.error(500, "{}")
                    }
                }
                AiClient(provider).use { client ->
                    coroutineScope { List(100) { async { client.generate("Hi") } }.awaitAll() }.toSet() shouldBe setOf("ok")
                }
                asked.get() shouldBe 2
                server.requests.size shouldBeIn (101..200).toList()
                server.requests.none { it.header("api-key") != null } shouldBe true
            }
        }

        test("a second refusal is the caller's, and shows no token") {
            FakeServer.start().use { server ->
                val asked = AtomicInteger()
                val provider = AzureOpenAi
                    .builder()
                    .endpoint("http://127.0.0.1:${server.port}")
                    .tokens { "secret-token-${asked.incrementAndGet()}" }
                    .deployment("d")
                    .build()
                server.answering { Reply.error(401, """{"error":{"message":"no: ${it.header("Authorization")}"}}""") }
                AiClient(provider).use { client ->
                    shouldThrow<UnauthorizedException> { client.stream(ChatRequest.builder().user("Hi").build()).toList() }
                        .stackTraceToString() shouldNotContain "secret-token"
                }
                asked.get() shouldBe 2
                server.requests.size shouldBe 2
            }
        }

        test("what one resource keeps for the next turn is not for another") {
            val asked =
                Asked("""{"status":"completed","output":[{"type":"message","id":"msg_1","content":[{"type":"output_text","text":"a"}]}]}""")
            val provider = azure { responses() }
            val request = ChatRequest
                .builder()
                .user("Hi")
                .message(asked.client(provider).chat(ChatRequest.of("Hi")).message)
                .build()
            asked.client(provider).chat(request)
            asked.body().toString() shouldContain "msg_1"
            asked
                .client(
                    azure {
                        responses()
                        endpoint("https://other.openai.azure.com")
                    },
                ).chat(request)
            asked.body().toString() shouldNotContain "msg_1"
        }

        test("the key is never shown") {
            azure().toString() shouldNotContain KEY
        }

        test("what is missing or wrong is said at once") {
            fun refused(build: () -> Any?) = shouldThrow<IllegalArgumentException> { build() }.message!!
            refused { AzureOpenAi.builder().endpoint(host).build() } shouldContain "AZURE_OPENAI_API_KEY"
            refused { AzureOpenAi.builder().apiKey(KEY).build() } shouldContain "AZURE_OPENAI_ENDPOINT"
            refused { AzureOpenAi.fromEnvironment() } shouldContain "AZURE_OPENAI_API_KEY"
            refused { azure { apiVersion("v1") } } shouldContain "'v1'"
            refused { azure { deployment(" ") } } shouldContain "deployment must not be blank"
            refused { azure { tokens { "t" } } } shouldContain "leave one out"
        }
    })
