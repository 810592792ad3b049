package dev.tandem.provider.ollama

import dev.tandem.AiClient
import dev.tandem.KEY
import dev.tandem.error.AiException
import dev.tandem.model.ChatEvent.Reasoning
import dev.tandem.model.ChatEvent.Text
import dev.tandem.model.EmbeddingRequest
import dev.tandem.testing.FakeServer
import dev.tandem.testing.OllamaReplies
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldNotContain
import kotlinx.coroutines.flow.toList

class OllamaSpec :
    FunSpec({
        val server = autoClose(FakeServer.start())
        val client = autoClose(ollamaOf(server))

        test("thoughts and text come in order, and the counts are in the end") {
            server.enqueue(OllamaReplies.streamThinking("hm", "a", "b"))
            val events = client.stream("Hi").toList()
            events.take(3) shouldBe listOf(Reasoning("hm"), Text("a"), Text("b"))
            client.stats().let { it.inputTokens to it.outputTokens } shouldBe (3L to 2L)
        }

        test("embeddings, with a model of the provider's choice") {
            server.enqueue(OllamaReplies.embeddings(floatArrayOf(1f, 2f), floatArrayOf(3f, 4f)))
            val request = EmbeddingRequest
                .builder()
                .inputs(listOf("a", "b"))
                .dimensions(2)
                .extra("truncate", false)
                .build()
            val response = client.embed(request)
            response.embeddings.map { it.vector.toList() } shouldBe listOf(listOf(1f, 2f), listOf(3f, 4f))
            response.usage.inputTokens shouldBe 7
            server.requests.last().path shouldBe "/api/embed"
            server shouldHaveGot """{"model":"nomic-embed-text","input":["a","b"],"dimensions":2,"truncate":false}"""
        }

        test("models, and warming up without loading one") {
            server.enqueue(OllamaReplies.models("a:latest", "b:7b"), OllamaReplies.models())
            client.models().map { it.id } shouldBe listOf("a:latest", "b:7b")
            client.warmUp()
            server.requests.takeLast(2).map { it.method + " " + it.path } shouldBe listOf("GET /api/tags", "GET /api/tags")
        }

        test("a key goes out if there is one, and shows nowhere") {
            val provider = Ollama
                .builder()
                .apiKey(KEY)
                .baseUrl("http://127.0.0.1:${server.port}")
                .build()
            server.enqueue(OllamaReplies.error(401, "no such key: $KEY"))
            AiClient(provider).use { mine ->
                shouldThrow<AiException> { mine.generate("Hi") }.run {
                    stackTraceToString() shouldNotContain KEY
                    excerpt.orEmpty() shouldNotContain KEY
                }
            }
            server.requests.last().header("Authorization") shouldBe "Bearer $KEY"
            provider.toString() shouldNotContain KEY
            shouldThrow<IllegalArgumentException> {
                Ollama
                    .builder()
                    .apiKey(KEY)
                    .tokens { KEY }
                    .build()
            }
        }

        test("OLLAMA_HOST in the forms that Ollama itself takes") {
            for ((host, url) in mapOf(
                "gpu-box" to "http://gpu-box:11434",
                "gpu-box:8080" to "http://gpu-box:8080",
                " \"gpu-box\" " to "http://gpu-box:11434",
                "127.0.0.1" to "http://127.0.0.1:11434",
                "0.0.0.0" to "http://127.0.0.1:11434",
                "0.0.0.0:8080" to "http://127.0.0.1:8080",
                ":8080" to "http://127.0.0.1:8080",
                "[::1]" to "http://[::1]:11434",
                "[::]:8080" to "http://[::1]:8080",
                "http://gpu-box" to "http://gpu-box:80",
                "https://ollama.example" to "https://ollama.example:443",
                "HTTPS://ollama.example:8443/" to "https://ollama.example:8443",
                "http://gpu-box:8080/ollama/" to "http://gpu-box:8080/ollama",
            )) {
                ollamaUrl(host) shouldBe url
            }
            for (host in listOf("a b", "user@host", "host:port", "host:1:2")) {
                shouldThrow<IllegalArgumentException> { ollamaUrl(host) }.message shouldBe
                    "OLLAMA_HOST must look like host:port, but is '$host'"
            }
        }

        test("with nothing said, the server on this machine") {
            Ollama.local().baseUrl shouldBe "http://localhost:11434"
            Ollama.at("http://gpu-box:11434/").baseUrl shouldBe "http://gpu-box:11434"
            Ollama.fromEnvironment().toString() shouldBe "Ollama(ollama, http://localhost:11434)"
        }
    })
