package dev.tandem.provider.openai

import dev.tandem.answering
import dev.tandem.error.AiException
import dev.tandem.error.ContentFilteredException
import dev.tandem.error.EmptyResponseException
import dev.tandem.error.IncompleteStreamException
import dev.tandem.error.MalformedResponseException
import dev.tandem.error.OverloadedException
import dev.tandem.error.RateLimitedException
import dev.tandem.error.ServerException
import dev.tandem.error.UnauthorizedException
import dev.tandem.error.UnexpectedContentException
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatEvent.Text
import dev.tandem.model.ChatEvent.UsageUpdate
import dev.tandem.model.Usage
import dev.tandem.streaming
import dev.tandem.testing.OpenAiReplies.event
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.types.shouldBeInstanceOf
import kotlinx.coroutines.flow.toList

/** Whatever is not the whole answer is never taken for it. */
class StreamEndSpec :
    FunSpec({
        test("an end with neither is incomplete, and carries what had arrived") {
            val seen = mutableListOf<ChatEvent>()
            val error = shouldThrow<IncompleteStreamException> { streaming(text("a") + text("b")).stream("Hi").collect { seen += it } }
            seen shouldContainExactly listOf(Text("a"), Text("b"))
            error.partial!!.text shouldBe "ab"
            error.requestId shouldBe "req-1"
            error.isRetryable shouldBe true
        }

        test("an end inside JSON or inside a character is incomplete, not malformed") {
            shouldThrow<IncompleteStreamException> { events(text("a") + "data: {\"choices\":") }.partial!!.text shouldBe "a"
            val inCharacter =
                (text("a") + "data: {\"choices\":[{\"delta\":{\"content\":\"").encodeToByteArray() + 0xE2.toByte() + 0x82.toByte()
            shouldThrow<IncompleteStreamException> { streaming(inCharacter).stream("Hi").toList() }.partial!!.text shouldBe "a"
        }

        test("broken JSON in the midst is malformed, with an excerpt") {
            val error = shouldThrow<MalformedResponseException> { events(text("a") + event("{\"choices\":[,]}") + done) }
            error.excerpt shouldBe "{\"choices\":[,]}"
            error.partial!!.text shouldBe "a"
        }

        test("an error in the midst is typed, in every shape, and carries what had arrived") {
            suspend fun error(json: String) = shouldThrow<AiException> { events(text("a") + json + done) }.also {
                it.partial!!.text shouldBe
                    "a"
            }
            error(
                event("""{"error":{"message":"overloaded","type":"server_error","code":503}}"""),
            ).shouldBeInstanceOf<OverloadedException>()
            error(event("""{"error":"out of memory"}""")).shouldBeInstanceOf<ServerException>().message shouldContain "out of memory"
            error(event("""{"object":"error","message":"slow down","code":429}""")).message shouldContain "slow down"
            error(event("""{"detail":"gone wrong"}""")).message shouldContain "gone wrong"
            error("event: error\ndata: {\"message\":\"x\"}\n\n").shouldBeInstanceOf<ServerException>()
            error(event("""{"error":{"message":"no","code":"content_filter"}}""")).shouldBeInstanceOf<ContentFilteredException>()
            error(event("""{"error":{"message":"no","type":"invalid_request_error","code":"invalid_api_key"}}"""))
                .shouldBeInstanceOf<UnauthorizedException>()
            error(event("""{"error":{"message":"no","type":"requests","code":"rate_limit_exceeded"}}"""))
                .shouldBeInstanceOf<RateLimitedException>()
        }

        test("a whole answer where a stream was asked for is a stream of one piece") {
            val json = """{"id":"c","choices":[{"message":{"content":"all of it"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1}}"""
            val events = streaming(json, "application/json; charset=utf-8").stream("Hi").toList()
            events.dropLast(1) shouldContainExactly listOf(Text("all of it"), UsageUpdate(Usage.of(1, 0)))
            shouldThrow<OverloadedException> {
                streaming(
                    """{"error":{"message":"x","code":"503"}}""",
                    "application/json",
                ).stream("Hi").toList()
            }
        }

        test("the body decides what it is, whatever its label says") {
            val json = """{"choices":[{"message":{"content":"whole"},"finish_reason":"stop"}]}"""
            for (label in listOf("text/plain", "text/event-stream", "application/json", "text/html")) {
                streaming(text("a") + done, label).streamText("Hi").toList() shouldBe listOf("a")
                streaming(" \n$json", label).streamText("Hi").toList() shouldBe listOf("whole")
                shouldThrow<UnexpectedContentException> { streaming("\n<html>login</html>", label).stream("Hi").toList() }
                shouldThrow<OverloadedException> { streaming("""{"error":{"code":503,"message":"x"}}""", label).stream("Hi").toList() }
            }
        }

        test("a web page or nothing at all is no stream") {
            shouldThrow<UnexpectedContentException> { streaming("<html>502 Bad Gateway</html>", "text/html").stream("Hi").toList() }
                .excerpt shouldBe "<html>502 Bad Gateway</html>"
            shouldThrow<EmptyResponseException> { events("") }
        }

        test("a plain answer without a choice is malformed") {
            shouldThrow<MalformedResponseException> { answering("{\"id\":\"x\"}").generate("Hi") }
        }
    })
