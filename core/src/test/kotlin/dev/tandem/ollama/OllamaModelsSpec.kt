package dev.tandem.ollama

import dev.tandem.AiClient
import dev.tandem.error.AiException
import dev.tandem.error.IncompleteStreamException
import dev.tandem.error.MalformedResponseException
import dev.tandem.error.ModelNotFoundException
import dev.tandem.error.ServerException
import dev.tandem.error.TimeLimitException
import dev.tandem.model.Timer
import dev.tandem.provider.ollama.Ollama
import dev.tandem.provider.openai.OpenAi
import dev.tandem.testing.FakeServer
import dev.tandem.testing.OllamaReplies
import dev.tandem.testing.Reply
import dev.tandem.testing.WireSplits
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.onEach
import kotlinx.coroutines.flow.toList
import kotlin.reflect.KClass
import kotlin.time.Duration.Companion.milliseconds

class OllamaModelsSpec :
    FunSpec({
        val server = autoClose(FakeServer.start())
        val ollama = Ollama.at("http://127.0.0.1:${server.port}")
        val models = autoClose(OllamaModels(ollama))

        test("the list, with what the server says of each") {
            server.enqueue(OllamaReplies.models("a:latest", "b:7b"))
            val (first, second) = models.list()
            first.name shouldBe "a:latest"
            first.sizeBytes shouldBe 2_019_393_189
            first.family shouldBe "llama"
            first.parameterSize shouldBe "3.2B"
            first.quantization shouldBe "Q4_K_M"
            second.toString() shouldBe "OllamaModel(b:7b, 2019393189 bytes)"
        }

        test("a name without a tag means the latest") {
            server.always(OllamaReplies.models("a:latest", "b:7b", "host:5000/team/c:latest"))
            for (name in listOf("a", "a:latest", "A", "b:7b", "host:5000/team/c")) models.has(name) shouldBe true
            for (name in listOf("b", "a:7b", "c", "latest")) models.has(name) shouldBe false
        }

        test("a pull tells how far it is, and ends when the model is ready") {
            server.enqueue(OllamaReplies.pull(200, 50, 200))
            val progress = models.pull("a").toList()
            progress.map { it.fraction } shouldContainExactly listOf(null, 0.25, 1.0, null, null, null)
            progress.map { it.isDone } shouldContainExactly listOf(false, false, false, false, false, true)
            progress[1].let { it.completedBytes to it.totalBytes } shouldBe (50L to 200L)
            progress[1].toString() shouldBe "PullProgress(pulling dde5aa3fc5ff, 50 of 200 bytes)"
            progress.last().toString() shouldBe "PullProgress(success)"
            server.requests.last().run { method + " " + path + " " + body } shouldBe """POST /api/pull {"model":"a","stream":true}"""
        }

        test("it is cold, and each collection pulls anew") {
            val before = server.requests.size
            val pull = models.pull("a")
            server.requests.size shouldBe before
            server.enqueue(OllamaReplies.pull(1, 1), OllamaReplies.pull(1, 1))
            pull.toList() shouldBe pull.toList()
            server.requests.size shouldBe before + 2
        }

        test("however the lines are cut") {
            val body = """{"status":"pulling ä","total":2}""" + "\r\n\n" + """{"status":"success"}"""
            for (pieces in WireSplits.of(body.encodeToByteArray())) {
                server.enqueue(Reply.inChunks(200, "application/x-ndjson", pieces))
                models.pull("a").toList().map { it.status } shouldBe listOf("pulling ä", "success")
            }
        }

        fun pulling(vararg lines: String) = Reply.lines(lines.toList())

        test("it fails in the same words as any other call") {
            for ((reply, expected) in listOf<Pair<Reply, Pair<KClass<out AiException>, String>>>(
                OllamaReplies.pullThenError("pull model manifest: file does not exist") to
                    (ModelNotFoundException::class to "file does not exist"),
                OllamaReplies.pullThenError("no space left on device") to (ServerException::class to "no space left on device"),
                OllamaReplies.error(500, "max retries exceeded") to (ServerException::class to "max retries exceeded"),
                pulling("""{"status":"pulling manifest"}""") to
                    (IncompleteStreamException::class to "the last it said was 'pulling manifest'"),
                // What arrived with the end of the connection may be lost with it.
                pulling("""{"status":"pulling manifest"}""").run { cutAt(size - 5) } to
                    (IncompleteStreamException::class to "before it was done"),
                pulling("oops") to (MalformedResponseException::class to "this is no progress: oops"),
                Reply.of(200, "application/x-ndjson", """{"status":"pul""") to (IncompleteStreamException::class to "'nothing'"),
            )) {
                server.enqueue(reply)
                val error = shouldThrow<AiException> { models.pull("a").toList() }
                error::class shouldBe expected.first
                error.message.orEmpty() shouldContain expected.second
            }
        }

        test("to stop collecting is to hang up") {
            server.enqueue(Reply.linesThenHold(listOf("""{"status":"pulling manifest"}""")))
            models.pull("a").first().status shouldBe "pulling manifest"
            server.awaitHangUp()
        }

        test("a server that falls silent is given up after the idle timer") {
            server.enqueue(Reply.linesThenHold(listOf("""{"status":"pulling manifest"}""")))
            val impatient = OllamaModels.of(AiClient(ollama) { timer(Timer.IDLE, 50.milliseconds) })
            impatient.use { shouldThrow<TimeLimitException> { it.pull("a").toList() }.timer shouldBe Timer.IDLE }
        }

        test("deleting") {
            server.enqueue(Reply.of(200, "text/plain", ""), OllamaReplies.error(404, "model 'a' not found"))
            models.delete("a")
            server.requests.last().run { method + " " + path + " " + body } shouldBe """DELETE /api/delete {"model":"a"}"""
            shouldThrow<ModelNotFoundException> { models.delete("a") }
        }

        test("it is counted like any other call") {
            AiClient(ollama).use { client ->
                server.enqueue(OllamaReplies.pull(1, 1), OllamaReplies.error(500, "no"))
                OllamaModels.of(client).pull("a").toList()
                shouldThrow<AiException> { OllamaModels.of(client).pull("a").toList() }
                client.stats().let { it.successful to it.failed } shouldBe (1L to 1L)
            }
        }

        test("after its end nothing works, and a pull under way is over") {
            val mine = OllamaModels(ollama)
            mine.toString() shouldBe "OllamaModels(ollama)"
            server.enqueue(Reply.linesThenHold(listOf("""{"status":"pulling manifest"}""")))
            shouldThrow<IllegalStateException> { mine.pull("a").onEach { mine.close() }.toList() }
            shouldThrow<IllegalStateException> { mine.list() }
            mine.close()
        }

        test("arguments that make no sense") {
            shouldThrow<IllegalArgumentException> { models.pull(" ").toList() }.message shouldBe "model must not be blank, but is ' '"
            shouldThrow<IllegalArgumentException> { models.has("") }
            shouldThrow<IllegalArgumentException> { models.delete("") }
            AiClient(OpenAi.compatible("http://localhost:1")).use { client ->
                shouldThrow<IllegalArgumentException> { OllamaModels.of(client) }.message shouldBe
                    "AiClient(openai-compatible) is no client of Ollama: make it with an Ollama provider"
            }
        }
    })
