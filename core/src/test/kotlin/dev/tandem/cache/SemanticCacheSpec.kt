package dev.tandem.cache

import dev.tandem.generate
import dev.tandem.masking
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatRequest
import dev.tandem.model.Embedding
import dev.tandem.model.FinishReason
import dev.tandem.pipeline.CallEvent
import dev.tandem.resilience.Answers
import dev.tandem.resilience.clientOf
import dev.tandem.semanticCache
import dev.tandem.tool.Script
import dev.tandem.tool.asks
import dev.tandem.tool.call
import dev.tandem.tool.offering
import dev.tandem.tool.says
import dev.tandem.tool.tool
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runTest
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.seconds

class SemanticCacheSpec :
    FunSpec({
        fun numbered() = Answers { number, _ ->
            emit("answer ")
            emit("$number")
        }

        test("what means the same is answered the same, and says that it was there") {
            runTest {
                val client = clientOf(numbered()) { semanticCache { embedder = Letters } }
                client.generate("What is the capital of France?") shouldBe "answer 1"
                val again = client.chat(ChatRequest.of("what IS the capital of France"))
                again.text shouldBe "answer 1"
                again.isCached shouldBe true
                client.generate("Who wrote Faust?") shouldBe "answer 2"
            }
        }

        test("in another conversation, by another model, or with other options it is another question") {
            runTest {
                val client = clientOf(numbered()) { semanticCache { embedder = Letters } }
                val questions = listOf<suspend () -> String>(
                    { client.generate("Is it?") },
                    { client.generate("Is it?") { model = "other" } },
                    { client.generate("Is it?") { temperature = 0.3 } },
                    {
                        client
                            .chat(
                                ChatRequest
                                    .builder()
                                    .system("Be brief")
                                    .user("Is it?")
                                    .build(),
                            ).text
                    },
                    {
                        client
                            .chat(
                                ChatRequest
                                    .builder()
                                    .user("Tea")
                                    .assistant("Yes")
                                    .user("Is it?")
                                    .build(),
                            ).text
                    },
                )
                val answers = questions.map { it() }
                answers.distinct() shouldHaveSize questions.size
                questions.map { it() } shouldBe answers
                client.generate("Is it?") { caching = false } shouldBe "answer 6"
            }
        }

        test("whom a question is about is no matter of likeness") {
            runTest {
                val client = clientOf(numbered()) {
                    semanticCache {
                        embedder = Embedder { Embedding(floatArrayOf(1f, 0f)) }
                    }
                    masking()
                }
                client.generate("What has anna@example.org?") shouldBe "answer 1"
                client.generate("What has bert@example.org?") shouldBe "answer 2"
                client.generate("What about anna@example.org?") shouldBe "answer 1"
            }
        }

        test("what is to be done for one question is not done for another") {
            runTest {
                var paid = 0
                val script = Script({ asks(call("pay")) }, { says("Paid.") }, { says("Not paid.") })
                val client = dev.tandem.tool.clientOf(script) { semanticCache { embedder = Embedder { Embedding(floatArrayOf(1f, 0f)) } } }
                client.generate("Pay 1000", offering(tool("pay") { "${++paid}" })) shouldBe "Paid."
                client.generate("Pay 10", offering(tool("pay") { "${++paid}" })) shouldBe "Not paid."
                paid shouldBe 1
            }
        }

        test("a stream comes again in its pieces") {
            runTest {
                val client = clientOf(numbered()) { semanticCache { embedder = Letters } }
                client.streamText("Is it?").toList() shouldContainExactly listOf("answer ", "1")
                val again = client.stream("is it").toList()
                again.filterIsInstance<ChatEvent.Text>().map { it.text } shouldContainExactly listOf("answer ", "1")
                (again.last() as ChatEvent.Completed).response.isCached shouldBe true
            }
        }

        test("the client's own provider makes the vectors unless somebody else does, and they are paid for") {
            runTest {
                val provider = numbered()
                val client = clientOf(provider) { semanticCache() }
                client.generate("Hello there")
                client.generate("Hello there")
                // An embedding for each, and one answer.
                provider.count shouldBe 3
                client.spending().requests shouldBe 3
            }
        }

        test("vectors that cannot be had fail no call") {
            runTest {
                val failures = mutableListOf<CallEvent>()
                val client = clientOf(numbered()) {
                    semanticCache { embedder = Embedder { error("no vectors today") } }
                    listener { _, event -> if (event is CallEvent.CacheFailed) failures += event }
                }
                client.generate("Hi") shouldBe "answer 1"
                client.generate("Hi") shouldBe "answer 2"
                failures shouldHaveSize 2
            }
        }

        test("vectors that do not come in time hold up no call") {
            runTest {
                val failures = mutableListOf<CallEvent>()
                val client = clientOf(numbered()) {
                    semanticCache {
                        embedder = Embedder { awaitCancellation() }
                        patience = 3.seconds
                    }
                    listener { _, event -> if (event is CallEvent.CacheFailed) failures += event }
                }
                client.generate("Hi") shouldBe "answer 1"
                currentTime shouldBe 3_000
                failures shouldHaveSize 1
            }
        }

        test("a vector that is none finds nothing, and is found by none") {
            runTest {
                for (odd in listOf(Float.NaN, Float.POSITIVE_INFINITY)) {
                    val client = clientOf(numbered()) {
                        semanticCache { embedder = Embedder { Embedding(floatArrayOf(1f, if (it == "odd") odd else 1f)) } }
                    }
                    client.generate("odd") shouldBe "answer 1"
                    client.generate("odd") shouldBe "answer 2"
                    client.generate("even") shouldBe "answer 3"
                    client.generate("odd") shouldBe "answer 4"
                    client.generate("even") shouldBe "answer 3"
                }
            }
        }

        test("an answer that was withheld is not kept") {
            runTest {
                val provider = numbered()
                val client = clientOf(provider) { semanticCache { embedder = Letters } }
                provider.finish = FinishReason.CONTENT_FILTER
                client.generate("Hi") shouldBe "answer 1"
                provider.finish = FinishReason.STOP
                client.generate("Hi") shouldBe "answer 2"
                client.generate("Hi") shouldBe "answer 2"
            }
        }

        test("answers have their time, and there are never too many") {
            runTest {
                val client = clientOf(numbered()) {
                    semanticCache {
                        embedder = Letters
                        ttl = 2.hours
                        maxEntries = 2
                    }
                }
                client.generate("aaa")
                client.generate("bbb")
                client.generate("ccc")
                client.generate("aaa") shouldBe "answer 4"
                client.generate("ccc") shouldBe "answer 3"
                delay(2.hours)
                client.generate("ccc") shouldBe "answer 5"
            }
        }

        test("settings that make no sense are refused") {
            shouldThrow<IllegalArgumentException> { SemanticCache.builder().threshold(1.1) }
            shouldThrow<IllegalArgumentException> { SemanticCache.builder().threshold(0.0) }
            shouldThrow<IllegalArgumentException> { SemanticCache.builder().maxEntries(0) }
            shouldThrow<IllegalArgumentException> { SemanticCache.builder().ttlMillis(0) }
            shouldThrow<IllegalArgumentException> { SemanticCache.builder().patienceMillis(0) }
        }
    })

/** How often each letter is there: good enough to tell texts apart. */
private val Letters = Embedder { text ->
    val counts = FloatArray(26)
    text.lowercase().filter { it in 'a'..'z' }.forEach { counts[it - 'a'] += 1f }
    Embedding(counts)
}
