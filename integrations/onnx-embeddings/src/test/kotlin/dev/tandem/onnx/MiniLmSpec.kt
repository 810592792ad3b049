package dev.tandem.onnx

import dev.tandem.AiClient
import dev.tandem.error.ContextLengthException
import dev.tandem.error.ModelNotFoundException
import dev.tandem.error.NotSupportedException
import dev.tandem.model.Embedding
import dev.tandem.model.EmbeddingRequest
import dev.tandem.model.options
import dev.tandem.similarity
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.doubles.shouldBeGreaterThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext

class MiniLmSpec :
    FunSpec({
        suspend fun <T> minilm(provider: MiniLm = MiniLm.bundled(), use: suspend (AiClient) -> T): T =
            AiClient.builder(provider).build().use { use(it) }

        test("what means the same is nearer than what does not") {
            minilm { ai ->
                val (cat, kitten, car) = ai.embedMany(listOf("cat", "kitten", "car"))
                similarity(cat, kitten) shouldBeGreaterThan similarity(cat, car) + 0.2
                cat.dimensions shouldBe 384
                cat.dot(cat) shouldBe (1.0 plusOrMinus 1e-5)
            }
        }

        test("the similarities are those that the model's authors publish, as far as weights of one byte can tell") {
            minilm { ai ->
                val (weather, sunny, stadium) =
                    ai.embedMany(listOf("The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium."))
                weather.cosine(sunny) shouldBe (0.6660 plusOrMinus 0.05)
                weather.cosine(stadium) shouldBe (0.1046 plusOrMinus 0.05)
                sunny.cosine(stadium) shouldBe (0.1411 plusOrMinus 0.05)
            }
        }

        test("a text has the same vector whatever it is sent with, and from whatever thread") {
            minilm(MiniLm.builder().threads(2).build()) { ai ->
                val texts = List(20) { "Sentence $it tells of ${"things ".repeat(it + 1)}." }
                val alone = texts.map { ai.embed(it) }
                ai.embedMany(texts) shouldContainExactly alone
                val many = withContext(Dispatchers.Default) { List(8) { async { ai.embedMany(texts) } }.awaitAll() }
                many.toSet() shouldBe setOf(alone)
            }
        }

        test("usage counts word pieces, with the two that the model adds") {
            minilm { ai ->
                val response = ai.embed(
                    EmbeddingRequest
                        .builder()
                        .input("hello world")
                        .dimensions(384)
                        .build(),
                )
                response.usage.inputTokens shouldBe 4
                response.model shouldBe "all-MiniLM-L6-v2"
            }
        }

        test("a text that is too long is refused by its number, or cut where that is asked for") {
            val long = "word ".repeat(255)
            minilm { ai ->
                ai.embed("word ".repeat(254)).dimensions shouldBe 384
                val failure = shouldThrow<ContextLengthException> { ai.embedMany(listOf("short", "short", long)) }
                failure.message shouldContain "input 2 has 255 tokens"
                failure.message shouldContain "takes 254"
            }
            minilm(MiniLm.builder().truncates(true).build()) { it.embed(long) shouldBe it.embed("word ".repeat(254)) }
        }

        test("what it does not do is said") {
            minilm { ai ->
                shouldThrow<NotSupportedException> { ai.generate("Hello") }.message shouldContain "chats"
                shouldThrow<ModelNotFoundException> { ai.embed("a", options { model = "bge" }) }.message shouldContain "'bge'"
                shouldThrow<NotSupportedException> { ai.embed("a", options { extra("task", "query") }) }.message shouldContain "task"
                val short = EmbeddingRequest
                    .builder()
                    .input("a")
                    .dimensions(128)
                    .build()
                shouldThrow<NotSupportedException> { ai.embed(short) }.message shouldContain "128"
                ai.models().single().id shouldBe "all-MiniLM-L6-v2"
            }
            shouldThrow<IllegalArgumentException> { MiniLm.builder().threads(0) }.message shouldContain "0"
        }

        test("a call that is given up leaves its thread to the others, which get their turn before its end too") {
            minilm(MiniLm.builder().threads(1).build()) { ai ->
                ai.warmUp()
                coroutineScope {
                    val long = launch(start = CoroutineStart.UNDISPATCHED) { ai.embedMany(List(100_000) { "text $it" }) }
                    ai.embed("short").dimensions shouldBe 384
                    long.isActive shouldBe true
                    long.cancelAndJoin()
                }
                ai.embed("short").dimensions shouldBe 384
                ai.stats().cancelled shouldBe 1
            }
        }

        test("texts are counted and cut on the target's own threads, and a call that is given up ends at its next text") {
            val threads = mutableListOf<String>()
            val job = Job()
            val target = MiniLmTarget(threads = 1, truncates = false) {
                threads += Thread.currentThread().name.substringBefore(" @")
                if (threads.size == 3) job.cancel()
                Model.pieces
            }
            target.tokensOf("hello world") shouldBe 2
            val request = EmbeddingRequest.builder().inputs(List(9) { "text $it" }).build()
            shouldThrow<CancellationException> { withContext(job) { target.embed(request) } }
            threads shouldContainExactly List(3) { "tandem-minilm-1" }
            target.close()
        }

        test("closing ends what is under way, and other clients keep the model") {
            val one = AiClient.builder(MiniLm.bundled()).build()
            val other = AiClient.builder(MiniLm.bundled()).build()
            val vector: Embedding = other.embed("hello")
            coroutineScope {
                val running = async { runCatching { one.embedMany(List(100_000) { "text $it" }) } }
                one.embed("hello") shouldBe vector
                one.close()
                (running.await().exceptionOrNull() is IllegalStateException) shouldBe true
            }
            shouldThrow<IllegalStateException> { one.embed("hello") }
            other.embed("hello") shouldBe vector
            other.close()
            minilm { it.embed("hello") shouldBe vector }
        }
    })
