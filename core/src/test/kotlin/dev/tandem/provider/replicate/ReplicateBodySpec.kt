package dev.tandem.provider.replicate

import dev.tandem.KEY
import dev.tandem.chat
import dev.tandem.error.NotSupportedException
import dev.tandem.everySampling
import dev.tandem.generate
import dev.tandem.model.ChatRequest
import dev.tandem.model.EmbeddingRequest
import dev.tandem.model.Part
import dev.tandem.model.Reasoning
import dev.tandem.model.ResponseFormat
import dev.tandem.model.ToolDefinition
import dev.tandem.provider.Asked
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import kotlinx.coroutines.flow.toList
import kotlin.time.Duration.Companion.seconds

/** What goes over the wire for what the user said. */
class ReplicateBodySpec :
    FunSpec({
        val asked = Asked("""{"id":"p1","status":"succeeded","output":"ok"}""")
        val client = asked.client(Replicate(KEY))
        val version = "0123456789abcdef".repeat(4)

        test("the least: one question is the prompt") {
            client.generate("Hi") shouldBe "ok"
            asked.url shouldBe "https://api.replicate.com/v1/models/meta/meta-llama-3-8b-instruct/predictions"
            asked.last.headers["Authorization"] shouldBe "Bearer $KEY"
            asked.last.headers["Prefer"] shouldBe null
            asked bodyIs """{"input":{"prompt":"Hi"}}"""
            client.stream("Hi").toList()
            asked bodyIs """{"input":{"prompt":"Hi"},"stream":true}"""
        }

        test("every option, and extra has the last word") {
            client.chat {
                system("Be brief")
                user(Part.Text("Hi"), Part.Image("https://example.com/a.png"))
                model = "o/n"
                everySampling()
                reasoning = Reasoning.LOW
                extra("max_tokens", 20)
                extra("min_tokens", 1)
            }
            asked bodyIs
                """{"input":{"prompt":"Hi","system_prompt":"Be brief","image":"https://example.com/a.png","max_tokens":20,
                "temperature":0.5,"top_p":0.9,"top_k":7,"seed":42,"frequency_penalty":0.1,"presence_penalty":-0.1,
                "stop_sequences":"END,FIN","reasoning_effort":"low","min_tokens":1}}"""
        }

        test("models by name, version and deployment") {
            for ((model, path) in mapOf(
                "o/n-1.5" to "/models/o/n-1.5/predictions",
                "deployments/o/n" to "/deployments/o/n/predictions",
                "o/n:$version" to "/predictions",
                version to "/predictions",
            )) {
                client.generate("Hi") { this.model = model }
                asked.url shouldBe "https://api.replicate.com/v1$path"
                asked.body()["version"]?.toString() shouldBe if (path == "/predictions") "\"$version\"" else null
            }
            for (model in listOf("n", "o/n/x", "../account", "o/n:latest", "o/n?x=1")) {
                shouldThrow<IllegalArgumentException> { client.generate("Hi") { this.model = model } }.message!! shouldContain "'$model'"
            }
        }

        test("a conversation is written into the prompt") {
            client.chat {
                user("Hi")
                assistant("Hello")
                user("Bye")
            }
            asked bodyIs """{"input":{"prompt":"User: Hi\n\nAssistant: Hello\n\nUser: Bye\n\nAssistant:"}}"""
        }

        test("a timeout is told to the server, and a wait asked of it") {
            client.generate("Hi") { timeout = 90.seconds }
            asked.last.headers["Cancel-After"] shouldBe "91s"
            client.generate("Hi") { timeout = 2.seconds }
            asked.last.headers["Cancel-After"] shouldBe "5s"
            client.generate("Hi") { timeoutMillis(Long.MAX_VALUE) }
            asked.last.headers["Cancel-After"] shouldBe null
            val waiting = asked.client(
                Replicate
                    .builder()
                    .apiKey(KEY)
                    .waitSeconds(10)
                    .build(),
            )
            waiting.generate("Hi")
            asked.last.headers["Prefer"] shouldBe "wait=10"
            waiting.generate("Hi") { header("prefer", "wait=3") }
            asked.last.headers.getAll("Prefer") shouldBe listOf("wait=3")
        }

        test("what it does not take is refused before anything is sent") {
            val before = asked.requests.size
            val image = Part.Image("https://example.com/a.png")
            for ((what, request) in mapOf(
                "it takes no tools (f)" to ChatRequest.builder().user("Hi").tool(ToolDefinition.of("f", "does f", "{}")),
                "it takes no response format (JSON)" to ChatRequest.builder().user("Hi").responseFormat(ResponseFormat.JSON),
                "File(f-1) is not taken" to ChatRequest.builder().user(Part.File.uploaded("f-1")),
                "it takes one image, not 2" to ChatRequest.builder().user(image, image),
            )) {
                shouldThrow<NotSupportedException> { client.chat(request.build()) }.message!! shouldContain "replicate: $what"
            }
            shouldThrow<NotSupportedException> {
                client.embed(
                    EmbeddingRequest
                        .builder()
                        .input("a")
                        .model("o/n")
                        .build(),
                )
            }
            asked.requests.size shouldBe before
        }

        test("keys are wanted, checked and never shown") {
            fun refused(build: () -> Any?) = shouldThrow<IllegalArgumentException> { build() }.message!!
            refused { Replicate.fromEnvironment() } shouldContain "REPLICATE_API_TOKEN"
            refused { Replicate.builder().build() } shouldContain "REPLICATE_API_TOKEN"
            refused { Replicate(" ") } shouldContain "must not be blank"
            refused { Replicate.builder().waitSeconds(61) } shouldContain "61"
            Replicate(KEY).toString() shouldNotContain KEY
        }
    })
