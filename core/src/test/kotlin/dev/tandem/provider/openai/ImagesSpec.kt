package dev.tandem.provider.openai

import dev.tandem.KEY
import dev.tandem.answering
import dev.tandem.clientOf
import dev.tandem.error.ContentFilteredException
import dev.tandem.error.MalformedResponseException
import dev.tandem.error.QuotaExceededException
import dev.tandem.model.ImageRequest
import dev.tandem.model.ModerationRequest
import dev.tandem.model.PNG
import dev.tandem.model.Part
import dev.tandem.model.Usage
import dev.tandem.provider.Asked
import dev.tandem.testing.FakeServer
import dev.tandem.testing.OpenAiReplies
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlin.io.encoding.Base64

/** Pictures that are made, and whatever is looked through for what nobody should see. */
class ImagesSpec :
    FunSpec({
        val png = Base64.encode(PNG)
        val made = """{"created":1,"data":[{"b64_json":"$png","revised_prompt":"a black cat"}],"output_format":"png",
            "usage":{"input_tokens":5,"output_tokens":272,"total_tokens":277,"input_tokens_details":{"text_tokens":5}}}"""

        test("a prompt is enough for OpenAI, whatever the client chats with") {
            val asked = Asked(made)
            val response = asked.client(OpenAi(KEY)) { model = "gpt-4o-mini" }.generateImage("A cat")
            asked.url shouldBe "https://api.openai.com/v1/images/generations"
            asked bodyIs """{"model":"gpt-image-1","prompt":"A cat"}"""
            response.model shouldBe "gpt-image-1"
            response.image.bytes!!.toList() shouldBe PNG.toList()
            response.image.mediaType shouldBe "image/png"
            response.image.revisedPrompt shouldBe "a black cat"
            response.image.toPart() shouldBe Part.Image.of(PNG)
            response.usage shouldBe Usage.of(5, 272)
            response.image.toString() shouldBe "Image(image/png, 12 bytes)"
        }

        test("all that can be said of a picture") {
            val asked = Asked(made)
            val request = ImageRequest
                .builder("A cat")
                .model("dall-e-2")
                .count(2)
                .size("1024x1024")
                .quality("high")
                .background("transparent")
                .format("webp")
                .user("u-1")
                .extra("moderation", "low")
                .build()
            asked.client(OpenAi(KEY)).generateImage(request)
            asked bodyIs """{"model":"dall-e-2","prompt":"A cat","n":2,"size":"1024x1024","quality":"high","background":"transparent",
                "output_format":"webp","user":"u-1","moderation":"low"}"""
        }

        test("a picture may be somewhere else") {
            val response = answering("""{"data":[{"url":"https://example.com/a?sig=secret"},{"b64_json":"$png"}]}""").generateImage("A cat")
            response.images.map { it.url } shouldBe listOf("https://example.com/a?sig=secret", null)
            response.image.toPart() shouldBe Part.Image("https://example.com/a?sig=secret")
            response.image.toString() shouldBe "Image(https://example.com/a)"
            response.usage shouldBe Usage.NONE
        }

        test("an answer without a picture is none") {
            for (json in listOf("""{"data":[]}""", """{"data":[{}]}""", """{"created":1}""", """{"data":[{"b64_json":"!"}]}""")) {
                shouldThrow<MalformedResponseException> { answering(json).generateImage("A cat") }.message!! shouldContain "openai: "
            }
            shouldThrow<QuotaExceededException> {
                answering("""{"data":null,"error":{"message":"pay","code":"insufficient_quota"}}""").generateImage("A cat")
            }
            shouldThrow<ContentFilteredException> {
                answering("""{"error":{"message":"no","code":"content_policy_violation"}}""", 400).generateImage("A cat")
            }
        }

        test("what it cost is booked, and counts as a call") {
            FakeServer.start().use { server ->
                server.always(OpenAiReplies.error(400, "no", "invalid_request_error", null))
                clientOf(server).use { client ->
                    runCatching { client.generateImage(ImageRequest.builder("A cat").model("m").build()) }
                    client.stats().failed shouldBe 1
                    client.spending().totalTokens shouldBe 0
                }
            }
            val client = answering(made)
            client.generateImage(ImageRequest.builder("A cat").tag("art").build())
            client.spending("art").outputTokens shouldBe 272
            client.stats().successful shouldBe 1
        }

        val found = """{"id":"modr-1","model":"omni-moderation-latest","results":[
            {"flagged":true,"categories":{"violence":true,"illicit":null,"hate":false},"category_scores":{"violence":0.9,"hate":0.01}},
            {"flagged":false,"categories":{"violence":false},"category_scores":{"violence":0.0}}]}"""

        test("texts are looked through one by one") {
            val asked = Asked(found)
            val moderation = asked.client(OpenAi(KEY)).moderate(listOf("I will hit you", "Hello"))
            asked.url shouldBe "https://api.openai.com/v1/moderations"
            asked bodyIs """{"model":"omni-moderation-latest","input":["I will hit you","Hello"]}"""
            moderation.isFlagged shouldBe true
            moderation.results.map { it.isFlagged } shouldBe listOf(true, false)
            moderation.results[0].categories shouldBe setOf("violence")
            moderation.results[0].scores shouldBe mapOf("violence" to 0.9, "hate" to 0.01)
        }

        test("a text with an image is one thing, and some do not say the sum of it") {
            val asked = Asked("""{"results":[{"categories":{"selfharm":true},"category_scores":{"selfharm":1}}]}""")
            val request = ModerationRequest
                .builder()
                .input("See")
                .input(Part.Image.of(PNG))
                .model("m")
                .build()
            asked.client(OpenAi.compatible("http://localhost:1/v1")).moderate(request).isFlagged shouldBe true
            asked bodyIs """{"model":"m","input":[{"type":"text","text":"See"},
                {"type":"image_url","image_url":{"url":"data:image/png;base64,$png"}}]}"""
        }

        test("a result that is missing is not taken for clean") {
            shouldThrow<MalformedResponseException> { answering(found).moderate(listOf("a", "b", "c")) }.message!! shouldContain
                "asked for 3 results, but got 2"
        }
    })
