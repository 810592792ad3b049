package dev.tandem.retrieval

import dev.tandem.AiClient
import dev.tandem.error.AiException
import dev.tandem.provider.openai.OpenAi
import dev.tandem.resilience.RetryPolicy
import dev.tandem.testing.FakeServer
import dev.tandem.testing.OpenAiReplies
import dev.tandem.testing.Reply
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

class TextsSpec :
    FunSpec({
        val server = autoClose(FakeServer.start())
        val client = autoClose(
            AiClient(OpenAi.compatible(server.url, "sk-test")) {
                embeddingModel = "fake-embed"
                retry = RetryPolicy.NONE
            },
        )

        // How many vowels and how many other letters.
        server.answering { request ->
            val texts = Json
                .parseToJsonElement(request.body)
                .jsonObject["input"]!!
                .jsonArray
                .map { it.jsonPrimitive.content }
            OpenAiReplies.embeddings(
                *Array(texts.size) { i ->
                    texts[i]
                        .partition {
                            it in "aeiou"
                        }.let { (a, b) -> floatArrayOf(a.length + 0f, b.length + 0f) }
                },
            )
        }

        test("texts go in by a client, and are found by another text") {
            val index = VectorIndex<String>()
            index.addAll(client, listOf("aaa", "aab", "bbb").map { IndexItem(it, it) }) { it }
            index.search(client, "aeiou", 2).map { it.value } shouldBe listOf("aaa", "aab")
            index.search(client, "aeiou", 2) { it.id != "aaa" }.map { it.value } shouldBe listOf("aab", "bbb")
            server.requests.size shouldBe 3
        }

        test("nothing is added when the client fails") {
            val index = VectorIndex<String>()
            server.enqueue(Reply.error(500, "down"))
            shouldThrow<AiException> { index.addAll(client, listOf(IndexItem("a", "a"))) { it } }
            index.size shouldBe 0
        }
    })
