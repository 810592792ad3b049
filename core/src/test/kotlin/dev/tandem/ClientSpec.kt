package dev.tandem

import dev.tandem.error.UnauthorizedException
import dev.tandem.model.ModelInfo
import dev.tandem.model.ToolChoice
import dev.tandem.model.ToolDefinition
import dev.tandem.provider.openai.OpenAi
import dev.tandem.testing.FakeServer
import dev.tandem.testing.OpenAiReplies
import dev.tandem.testing.Reply
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.doubles.shouldBeGreaterThan
import io.kotest.matchers.longs.shouldBeGreaterThanOrEqual
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldMatch
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.toList

class ClientSpec :
    FunSpec({
        val server = autoClose(FakeServer.start())

        test("generate and chat give the same answer") {
            clientOf(server).use { client ->
                server.enqueue(OpenAiReplies.chat("Hello"), OpenAiReplies.chat("Hello"))
                client.generate("Hi") shouldBe "Hello"
                val response = client.chat { user("Hi") }
                response.text shouldBe "Hello"
                response.id shouldBe "chat-1"
                response.model shouldBe "fake-1"
                response.metadata["requestId"] shouldBe "req-1"
            }
        }

        test("an answer split at every byte of the socket's stream is the same answer") {
            val whole = OpenAiReplies.stream("a", "ä€", "😀")
            clientOf(server).use { client ->
                for (size in (1..64) + listOf(100, 500, whole.size)) {
                    server.enqueue(whole.splitEvery(size))
                    client.streamText("Hi").toList() shouldBe listOf("a", "ä€", "😀")
                }
            }
        }

        test("models are listed") {
            clientOf(server).use { client ->
                server.enqueue(OpenAiReplies.models("a", "b"))
                client.models() shouldBe listOf(ModelInfo("a", "fake"), ModelInfo("b", "fake"))
                server.requests.last().run { "$method $path" } shouldBe "GET /v1/models"
            }
        }

        test("warming up opens the connection that the first call uses, and is no call") {
            clientOf(server).use { client ->
                val before = server.connectionCount
                server.enqueue(OpenAiReplies.models("a"), OpenAiReplies.chat("x"))
                client.warmUp()
                client.stats().total shouldBe 0
                client.generate("Hi")
                server.connectionCount - before shouldBe 1
            }
        }

        test("warming up takes a server without a list of models, but not a wrong key") {
            clientOf(server).use { client ->
                server.enqueue(Reply.error(404, "{}"), OpenAiReplies.error(401, "no", "x", null))
                client.warmUp()
                shouldThrow<UnauthorizedException> { client.warmUp() }
            }
        }

        test("the ledger counts what ended well, what failed and what was given up") {
            clientOf(server).use { client ->
                server.enqueue(
                    OpenAiReplies.chat("x"),
                    OpenAiReplies.stream("a", "b"),
                    Reply.error(500, "{}"),
                    OpenAiReplies.streamThenHold("a"),
                )
                client.generate("Hi")
                client.stream("Hi").toList()
                runCatching { client.generate("Hi") }
                client.stream("Hi").first()
                val stats = client.stats()
                listOf(stats.total, stats.successful, stats.failed, stats.cancelled, stats.inFlight) shouldBe listOf(4L, 2L, 1L, 1L, 0L)
                listOf(stats.inputTokens, stats.outputTokens) shouldBe listOf(6L, 4L)
                stats.successRate shouldBe 2.0 / 3
                stats.p50LatencyMillis shouldBeGreaterThan 0.0
                client.resetStats()
                client.stats().total shouldBe 0
            }
        }

        test("no model: the message says where to set one") {
            AiClient(OpenAi.compatible(server.url)).use { client ->
                shouldThrow<IllegalArgumentException> { client.generate("Hi") }.message!! shouldContain "set model"
                shouldThrow<IllegalArgumentException> { client.embed("Hi") }.message!! shouldContain "set embeddingModel"
            }
        }

        test("version, system and health") {
            clientOf(server).use { client ->
                client.version() shouldMatch Regex("\\d+\\.\\d+\\.\\d+.*")
                client.systemInfo().run {
                    version shouldBe client.version()
                    runtime shouldContain "JVM"
                    cpuCount.toLong() shouldBeGreaterThanOrEqual 1
                    memoryMaxBytes shouldBeGreaterThanOrEqual memoryUsedBytes
                }
                client.healthCheck().run {
                    isHealthy shouldBe true
                    memoryTotalBytes shouldBeGreaterThanOrEqual memoryAvailableBytes
                }
            }
        }

        test("a tool that must be called has to be there, from the client or the request") {
            val weather = ToolDefinition("weather", "Tells the weather", ToolDefinition.NO_PARAMETERS)
            for (choice in listOf(ToolChoice.REQUIRED, ToolChoice.named("other"))) {
                shouldThrow<IllegalArgumentException> {
                    answering("{}").chat {
                        user("Hi")
                        toolChoice = choice
                    }
                }.message!! shouldContain "add"
            }
            val answer = """{"choices":[{"message":{"content":"ok"},"finish_reason":"stop"}]}"""
            answering(answer)
                .chat {
                    user("Hi")
                    tool(weather)
                    toolChoice = ToolChoice.named("weather")
                }.text shouldBe "ok"
        }
    })
