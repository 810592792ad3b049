package dev.tandem.model

import dev.tandem.provider.openai.OpenAi
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe

/** What a user reads who got it wrong: the value and what would be right. */
class ValidationSpec :
    FunSpec({
        fun refused(message: String, attempt: () -> Any?) =
            test(message) { shouldThrow<IllegalArgumentException> { attempt() }.message shouldBe message }

        refused("temperature must be between 0.0 and 2.0, but is 2.1") { options { temperature = 2.1 } }
        refused("temperature must be between 0.0 and 2.0, but is NaN") { options { temperature(Double.NaN) } }
        refused("topP must be between 0.0 and 1.0, but is -0.1") { options { topP = -0.1 } }
        refused("topK must be at least 1, but is 0") { options { topK = 0 } }
        refused("maxTokens must be at least 1, but is 0") { options { maxTokens = 0 } }
        refused("frequencyPenalty must be between -2.0 and 2.0, but is 3.0") { options { frequencyPenalty = 3.0 } }
        refused("presencePenalty must be between -2.0 and 2.0, but is -3.0") { options { presencePenalty = -3.0 } }
        refused("timeout must be positive, but is 0s") { options { timeoutMillis(0) } }
        refused("model must not be blank, but is ' '") { options { model = " " } }
        refused("a stop text must not be empty") { options { stop("") } }
        refused("'a b' is no valid header name") { options { header("a b", "x") } }
        refused("the value of header 'X' holds a character that headers cannot carry") { options { header("X", "a\r\nY: b") } }
        refused("header 'content-length' is set by the client itself") { options { header("content-length", "1") } }
        refused("there are two tools named 'f'") { options { repeat(2) { tool(ToolDefinition.of("f", "d", "{}")) } } }
        refused("a Any cannot be sent as JSON: give text, a number, a boolean, null, a list, a map or a JsonElement") {
            options { extra("x", Any()) }
        }
        refused("NaN cannot be sent as JSON") { options { extra("x", listOf(Double.NaN)) } }
        refused("-Infinity cannot be sent as JSON") { options { extra("x", Float.NEGATIVE_INFINITY) } }
        refused("tool name must be 1 to 64 letters, digits, _ or -, but is 'no good'") { ToolDefinition.of("no good", "d", "{}") }
        refused("tool 'f' needs a description: the model chooses by it") { ToolDefinition.of("f", "", "{}") }
        refused("parameters of tool 'f' must be a JSON object, but is: [1]") { ToolDefinition.of("f", "d", "[1]") }
        refused("prompt must not be blank, but is ' '") { ChatRequest.of(" ") }
        refused("a chat request needs at least one message: add user(\"…\")") { chatRequest { } }
        refused("a message of the user needs at least one part") { Message.user() }
        refused("the result of a tool needs the id of its call") { Message.tool("", "x") }
        refused("image url must start with https://, http:// or data:, but is file:///x") { Part.Image("file:///x") }
        refused("an embedding request needs at least one input") { EmbeddingRequest.builder().build() }
        refused("input 1 must not be blank, but is ''") { EmbeddingRequest.builder().inputs(listOf("a", "")).build() }
        refused("dimensions must be at least 1, but is 0") {
            EmbeddingRequest
                .builder()
                .input("a")
                .dimensions(0)
                .build()
        }
        refused("the API key must not be blank") { OpenAi(" ") }
        refused("the base URL must look like http://host:port/v1, but is 'localhost:8080'") { OpenAi.compatible("localhost:8080") }
        refused(
            "the base URL must look like http://host:port/v1, but is 'http://localhost:99999'",
        ) { OpenAi.compatible("http://localhost:99999") }
        refused("the base URL must look like http://host:port/v1, but is 'http://localhost:80a/v1'") {
            OpenAi.compatible("http://localhost:80a/v1")
        }
        refused("the value of header 'OpenAI-Project' must be printable and not blank") { OpenAi.builder().project("p\n") }
        refused("the value of header 'OpenAI-Organization' must be printable and not blank") { OpenAi.builder().organization("") }
        refused(
            "openai needs an API key: call apiKey(…), or set OPENAI_API_KEY and use OpenAi.fromEnvironment()",
        ) { OpenAi.builder().build() }

        test("options say what they hold, but not what headers and extra fields hold") {
            options {
                model = "m"
                temperature = 0.5
                header("X-Key", "secret")
                extra("hidden", "secret")
            }.toString() shouldBe "Options(model=m, temperature=0.5, headers=[X-Key], extra=[hidden])"
        }

        test("options are equal by what they hold") {
            options { temperature = 0.5 } shouldBe options { temperature = 0.5 }
            (options { header("A", "1") } == options { header("A", "2") }) shouldBe false
            options { stop("a") }.newBuilder().build() shouldBe options { stop("a") }
        }
    })
