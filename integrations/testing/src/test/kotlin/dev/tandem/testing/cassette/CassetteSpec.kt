package dev.tandem.testing.cassette

import dev.tandem.AiClient
import dev.tandem.chat
import dev.tandem.error.IncompleteStreamException
import dev.tandem.error.InvalidRequestException
import dev.tandem.error.RateLimitedException
import dev.tandem.model.TranscriptionRequest
import dev.tandem.provider.openai.OpenAi
import dev.tandem.resilience.RetryPolicy
import dev.tandem.testing.FakeServer
import dev.tandem.testing.OpenAiReplies
import dev.tandem.testing.Reply
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import io.ktor.client.engine.HttpClientEngine
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.toList
import java.nio.file.Files
import java.nio.file.Path
import java.util.regex.Pattern
import kotlin.io.path.readLines
import kotlin.io.path.readText

class CassetteSpec :
    StringSpec({
        val folder = Files.createTempDirectory("cassettes")
        afterSpec { folder.toFile().deleteRecursively() }

        val key = "sk-proj-0123456789abcdef"
        val nowhere = "http://127.0.0.1:1/v1"

        fun clientOf(url: String, engine: HttpClientEngine, apiKey: String = key) = AiClient(OpenAi.compatible(url, apiKey)) {
            model = "gpt-4o-mini"
            embeddingModel = "text-embedding-3-small"
            this.engine = engine
            retry = RetryPolicy.NONE
        }

        suspend fun recorded(file: Path, vararg replies: Reply, work: suspend (AiClient) -> Unit): List<String> {
            FakeServer.start().enqueue(*replies).use { server ->
                Cassette.record(file).use { engine -> clientOf(server.url, engine).use { work(it) } }
            }
            return file.readLines()
        }

        suspend fun replayed(file: Path, work: suspend (AiClient) -> Unit) =
            Cassette.replay(file).use { engine -> clientOf(nowhere, engine, "another-key").use { work(it) } }

        "answers, streams and failures come again without a server" {
            val file = folder.resolve("all.jsonl")

            suspend fun ask(ai: AiClient): List<String> = listOf(
                ai.generate("Hi"),
                ai.streamText("Hi").toList().toString(),
                shouldThrow<RateLimitedException> { ai.generate("Too much") }.retryAfterMillis.toString(),
                ai
                    .embed("a")
                    .vector
                    .toList()
                    .toString(),
            )
            var first = emptyList<String>()
            recorded(
                file,
                OpenAiReplies.chat("Hello"),
                OpenAiReplies.stream("Hel", "lö", "!"),
                Reply.error(429, """{"error":{"message":"slow down"}}""", "Retry-After", "7", "Set-Cookie", "session=abc"),
                OpenAiReplies.embeddings(floatArrayOf(0.5f, 1f)),
            ) { first = ask(it) }
            first[2] shouldBe "7000"
            replayed(file) { ask(it) shouldContainExactly first }
            file.readText() shouldNotContain "session"
        }

        "no key is written, wherever it is" {
            val file = folder.resolve("keys.jsonl")
            val echo = Reply.json("""{"id":"a","choices":[{"message":{"role":"assistant","content":"Your key is $key"}}]}""")
            recorded(file, echo) { it.generate("My key is $key, and Authorization: Bearer abcdefghijkl") }
            file.readText() shouldNotContain "0123456789"
            file.readText() shouldNotContain "abcdefghijkl"
            replayed(file) { it.generate("My key is $key, and Authorization: Bearer other-token") shouldBe "Your key is [key]" }
        }

        "what a stream hides may lie across its pieces" {
            val file = folder.resolve("hidden.jsonl")
            val hiding = { Cassette.builder(file).hide("Acme Ltd").hide(Pattern.compile("""\d{4}-(\d{4})"""), "****-$1") }
            FakeServer.start().enqueue(OpenAiReplies.chat("Acme Ltd pays by 1234-5678")).use { server ->
                hiding().record().use { engine -> clientOf(server.url, engine).use { it.generate("How does Acme Ltd pay?") } }
            }
            file.readText() shouldNotContain "Acme"
            file.readText() shouldNotContain "1234-5678"
            hiding().replay().use { engine ->
                clientOf(nowhere, engine).use { it.generate("How does Acme Ltd pay?") shouldBe "[hidden] pays by ****-5678" }
            }
        }

        "equal requests get their answers in turn, and then the last one" {
            val file = folder.resolve("turns.jsonl")
            recorded(file, OpenAiReplies.chat("first"), OpenAiReplies.chat("second")) { ai -> repeat(2) { ai.generate("Hi") } }
            replayed(file) { ai -> List(3) { ai.generate("Hi") } shouldContainExactly listOf("first", "second", "second") }
        }

        "what was never asked is refused, with words" {
            val file = folder.resolve("other.jsonl")
            recorded(file, OpenAiReplies.chat("Hello")) { it.generate("Hi") }
            replayed(file) { ai ->
                shouldThrow<InvalidRequestException> { ai.generate("Something else") }.message.orEmpty().let {
                    it shouldContain "other.jsonl has no answer to POST /v1/chat/completions: its 1 requests there have other bodies"
                    it shouldContain "Something else"
                }
            }
        }

        "whoever had enough gets as much again, and no lie about the end" {
            val file = folder.resolve("cut.jsonl")
            recorded(file, OpenAiReplies.streamThenHold("Hel")) { it.streamText("Hi").first() shouldBe "Hel" }.single() shouldContain
                "\"isWhole\":false"
            replayed(file) { ai ->
                ai.streamText("Hi").first() shouldBe "Hel"
                shouldThrow<IncompleteStreamException> { ai.streamText("Hi").toList() }.partial?.text shouldBe "Hel"
            }
        }

        "an engine that ends its channel when it is cancelled tells no lie about the end either" {
            val file = folder.resolve("hasty.jsonl")
            val piece = """data: {"choices":[{"index":0,"delta":{"content":"Hel"}}]}""" + "\n\n"
            Cassette.builder(file).engine(HastyEngine(piece) { Files.size(file) > 0 }).record().use { engine ->
                clientOf(nowhere, engine).use { it.streamText("Hi").first() shouldBe "Hel" }
            }
            file.readText() shouldContain "\"isWhole\":false"
        }

        "forms are the same although their parts are told apart by chance" {
            val file = folder.resolve("form.jsonl")
            val speech = TranscriptionRequest
                .builder(
                    "RIFF....WAVEfmt ".encodeToByteArray() + byteArrayOf(1, 2, -1),
                    "talk.wav",
                ).model("whisper-1")
                .build()
            recorded(file, Reply.json("""{"text":"one two"}""")) { it.transcribe(speech).text shouldBe "one two" }
            replayed(file) { it.transcribe(speech).text shouldBe "one two" }
        }

        "auto records once" {
            val file = folder.resolve("new/auto.jsonl")
            FakeServer.start().enqueue(OpenAiReplies.chat("Hello")).use { server ->
                repeat(2) {
                    Cassette.auto(file).use { engine -> clientOf(server.url, engine).use { it.generate("Hi") shouldBe "Hello" } }
                }
                server.requests.size shouldBe 1
            }
        }

        "a file that is not there, or is something else, says so" {
            shouldThrow<IllegalArgumentException> { Cassette.replay(folder.resolve("none.jsonl")) }.message shouldContain "record it first"
            val other = Files.writeString(folder.resolve("other.txt"), "\nhello")
            shouldThrow<IllegalArgumentException> { Cassette.replay(other) }.message shouldContain "line 2 of"
        }

        "fields of JSON may come in another order" {
            val file = folder.resolve("order.jsonl")
            recorded(file, OpenAiReplies.chat("Hello")) { it.chat { user("Hi") } }
            val line = file.readText()
            val turned = line.replace(Regex("""\{\\"model\\":\\"gpt-4o-mini\\",(.*?)\}"}"""), """{$1,\\"model\\":\\"gpt-4o-mini\\"}"}""")
            (turned == line) shouldBe false
            Files.writeString(file, turned)
            replayed(file) { it.generate("Hi") shouldBe "Hello" }
        }
    })
