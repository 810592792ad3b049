package dev.tandem

import dev.tandem.error.AiException
import dev.tandem.error.MalformedResponseException
import dev.tandem.error.RateLimitedException
import dev.tandem.model.EmbeddingRequest
import dev.tandem.provider.Asked
import dev.tandem.provider.openai.OpenAi
import dev.tandem.provider.openai.Vendors
import dev.tandem.testing.FakeServer
import dev.tandem.testing.OpenAiReplies
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.shouldBe
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

class EmbeddingSpec :
    FunSpec({
        val server = autoClose(FakeServer.start())
        val client = autoClose(clientOf(server))

        test("vectors come in the order of the texts, whatever order they were sent in") {
            server.enqueue(OpenAiReplies.embeddings(floatArrayOf(1f, 2f), floatArrayOf(3f, 4f)))
            client.embedMany(listOf("a", "b")).map { it.vector.toList() } shouldBe listOf(listOf(1f, 2f), listOf(3f, 4f))
        }

        test("one text, with usage and fewer dimensions on request") {
            server.enqueue(OpenAiReplies.embeddings(floatArrayOf(1f)))
            val response = client.embed(
                EmbeddingRequest
                    .builder()
                    .input("a")
                    .dimensions(1)
                    .build(),
            )
            response.embeddings.single().dimensions shouldBe 1
            response.usage.inputTokens shouldBe 7
            Json.parseToJsonElement(server.requests.last().body).jsonObject.let {
                it["model"]!!.jsonPrimitive.content shouldBe "fake-embed"
                it["dimensions"]!!.jsonPrimitive.content shouldBe "1"
            }
        }

        test("base64 is asked for where it is known to be had, unless the caller says otherwise") {
            val vector = Asked("""{"data":[{"index":0,"embedding":[1]}]}""")
            vector.client(OpenAi(KEY)).embed("a")
            vector bodyIs """{"model":"text-embedding-3-small","input":["a"],"encoding_format":"base64"}"""
            vector.client(OpenAi(KEY)).embed(
                EmbeddingRequest
                    .builder()
                    .input("a")
                    .extra("encoding_format", "float")
                    .build(),
            )
            vector bodyIs """{"model":"text-embedding-3-small","input":["a"],"encoding_format":"float"}"""
            vector.client(OpenAi.of(Vendors.MISTRAL, KEY)).embed("a")
            vector bodyIs """{"model":"mistral-embed","input":["a"]}"""
        }

        test("base64 is understood") {
            // 1.0 and -2.5 as little-endian floats
            answering("""{"data":[{"index":0,"embedding":"AACAPwAAIMA="}]}""").embed("a").vector.toList() shouldBe listOf(1f, -2.5f)
        }

        test("more texts than fit into one request are split, and put together in order") {
            val sizes = mutableListOf<Int>()
            server.answering { request ->
                val inputs = Json.parseToJsonElement(request.body).jsonObject["input"]!!.jsonArray
                synchronized(sizes) { sizes += inputs.size }
                OpenAiReplies.embeddings(*inputs.map { floatArrayOf(it.jsonPrimitive.content.toFloat()) }.toTypedArray())
            }
            val texts = List(5_000) { "$it" }
            client.embedMany(texts).map { it.vector.single().toInt() } shouldBe texts.indices.toList()
            sizes.sorted() shouldBe listOf(904, 2048, 2048)
        }

        test("no texts, no request") {
            client.embedMany(emptyList()).shouldBeEmpty()
        }

        test("an answer that does not match its question is refused whole") {
            for (data in listOf(
                "",
                """{"index":1,"embedding":[1]}""",
                """{"index":0,"embedding":[1]},{"index":1,"embedding":[1]}""",
                """{"index":0,"embedding":["x"]}""",
                """{"index":0,"embedding":null}""",
                """{"index":0,"embedding":[]}""",
                """{"index":0,"embedding":"AACAPwA="}""",
                """{"index":0,"embedding":"%"}""",
                """{"index":0,"embedding":{}}""",
            )) {
                shouldThrow<MalformedResponseException> { answering("""{"data":[$data]}""").embed("a") }
            }
        }

        test("an error that comes as success is an error") {
            shouldThrow<RateLimitedException> { answering("""{"error":{"message":"slow","type":"rate_limit_error"}}""").embed("a") }
            shouldThrow<AiException> { answering("""{"list":7}""").models() }
        }
    })
