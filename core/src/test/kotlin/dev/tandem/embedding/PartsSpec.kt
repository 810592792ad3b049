package dev.tandem.embedding

import dev.tandem.AiClient
import dev.tandem.ScriptedTarget
import dev.tandem.accounting.TokenCounter
import dev.tandem.cache
import dev.tandem.cache.MemoryCache
import dev.tandem.error.ContextLengthException
import dev.tandem.error.ServerException
import dev.tandem.error.TimeLimitException
import dev.tandem.model.Embedding
import dev.tandem.model.EmbeddingRequest
import dev.tandem.model.EmbeddingResponse
import dev.tandem.model.Usage
import dev.tandem.model.options
import dev.tandem.pipeline.Target
import dev.tandem.provider.Provider
import dev.tandem.provider.Wire
import dev.tandem.resilience.RetryPolicy
import dev.tandem.resilience.serverError
import dev.tandem.retry
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContainExactlyInAnyOrder
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Job
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.delay
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.withContext
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/** Takes so much at once, and gives each text its length as a vector. A token is a letter. */
private class Lengths(
    override val maxEmbeddingInputs: Int,
    override val maxEmbeddingTokens: Int = Int.MAX_VALUE,
    override val maxTokensOfEmbeddingInput: Int = Int.MAX_VALUE,
    private val before: suspend Lengths.(texts: List<String>) -> Unit = {},
) : Provider,
    Target by ScriptedTarget(0) {
    override val name = "lengths"
    override val defaultEmbeddingModel = "ruler"
    val asked = mutableListOf<List<String>>()
    var underWay = 0
    var mostUnderWay = 0

    override fun connect(wire: Wire): Target = this

    override suspend fun embed(request: EmbeddingRequest): EmbeddingResponse {
        asked += request.inputs
        mostUnderWay = maxOf(mostUnderWay, ++underWay)
        try {
            before(request.inputs)
        } finally {
            underWay--
        }
        val vectors = request.inputs.map { Embedding(floatArrayOf(it.length.toFloat(), 0f)) }
        return EmbeddingResponse("ruler", vectors, Usage.of(request.inputs.sumOf { it.length.toLong() }, 0))
    }
}

class PartsSpec :
    FunSpec({
        val letters = TokenCounter { text, _ -> text.length }

        fun client(target: Lengths, configure: AiClient.Builder.() -> Unit = {}) = AiClient(target) {
            retry = RetryPolicy.NONE
            tokenCounter = letters
            configure()
        }

        fun texts(count: Int) = List(count) { "x".repeat(it + 1) }

        fun lengths(vectors: List<Embedding>) = vectors.map { it.vector[0].toInt() }

        fun request(texts: List<String>, build: EmbeddingRequest.Builder.() -> Unit = {}) = EmbeddingRequest
            .builder()
            .inputs(texts)
            .apply(build)
            .build()

        test("vectors keep their order, though the parts end in another") {
            runTest {
                val target = Lengths(3) { delay((100 - it.first().length).milliseconds) }
                lengths(client(target).embedMany(texts(50))) shouldBe (1..50).toList()
                target.asked.map { it.size } shouldBe List(16) { 3 } + 2
            }
        }

        test("no more parts are under way at once than the client is told") {
            runTest {
                val target = Lengths(1) { delay(1.seconds) }
                client(target).embedMany(texts(40))
                target.mostUnderWay shouldBe 8
                currentTime shouldBe 5_000
                val other = Lengths(1) { delay(1.seconds) }
                client(other) { embeddingConcurrency = 3 }.embedMany(texts(40))
                other.mostUnderWay shouldBe 3
            }
            shouldThrow<IllegalArgumentException> { client(Lengths(1)) { embeddingConcurrency = 0 } }.message shouldContain "0"
        }

        test("a part is full by its tokens too") {
            runTest {
                val target = Lengths(100, maxEmbeddingTokens = 10)
                lengths(client(target).embedMany(texts(6))) shouldBe (1..6).toList()
                target.asked.map { part -> part.map { it.length } } shouldBe listOf(listOf(1, 2, 3, 4), listOf(5), listOf(6))
            }
        }

        test("an estimate fills a part to a third, so that it may be wrong by as much") {
            runTest {
                val target = Lengths(100, maxEmbeddingTokens = 90)
                client(target) { tokenCounter = TokenCounter.ESTIMATE }.embedMany(List(20) { "word ".repeat(9) + ('a' + it) })
                // Ten tokens each.
                target.asked.map { it.size } shouldBe List(6) { 3 } + 2
            }
        }

        test("a text that is too long is named before anything is sent") {
            runTest {
                val target = Lengths(2, maxTokensOfEmbeddingInput = 5)
                val failure = shouldThrow<ContextLengthException> { client(target).embedMany(texts(7)) }
                failure.message shouldBe "input 5 has 6 tokens, and ruler of lengths takes 5: split it into several texts"
                target.asked.shouldBeEmpty()
            }
        }

        test("a call that is given up while its texts are counted ends at the next one") {
            var counted = 0
            val job = Job()
            val ai = client(Lengths(100, maxEmbeddingTokens = 10)) {
                tokenCounter = TokenCounter { text, _ -> text.length.also { if (++counted == 3) job.cancel() } }
            }
            shouldThrow<CancellationException> { withContext(job) { ai.embedMany(texts(50)) } }
            counted shouldBe 3
        }

        test("the same text twice is sent once, and has its vector twice") {
            runTest {
                val target = Lengths(10)
                val response = client(target).embed(request(listOf("aa", "b", "aa", "b", "ccc")))
                lengths(response.embeddings) shouldBe listOf(2, 1, 2, 1, 3)
                target.asked shouldBe listOf(listOf("aa", "b", "ccc"))
                response.usage.inputTokens shouldBe 6
            }
        }

        test("usage is that of all parts, and they are one call of several requests") {
            runTest {
                val ai = client(Lengths(4))
                ai.embed(request(texts(10))).usage.inputTokens shouldBe 55
                ai.stats().total shouldBe 1
                ai.stats().inputTokens shouldBe 55
                ai.spending().requests shouldBe 3
            }
        }

        test("dimensions, options and the wish for unit length hold for all parts") {
            runTest {
                val target = Lengths(2)
                val response = client(target).embed(
                    request(texts(5)) {
                        normalized(true)
                        dimensions(2)
                    },
                )
                response.embeddings.map { it.vector.toList() } shouldBe List(5) { listOf(1f, 0f) }
                client(target).embedMany(texts(3), options { model = "other" })
                target.asked.size shouldBe 5
            }
        }

        test("when one part fails, the others are given up and the call fails with its error") {
            runTest {
                val target = Lengths(1) { if (it.single().length == 3) throw serverError() else awaitCancellation() }
                shouldThrow<ServerException> { client(target).embedMany(texts(8)) }
                target.underWay shouldBe 0
                client(target).stats().failed shouldBe 0
            }
        }

        test("only the part that failed is tried again") {
            runTest {
                val target = Lengths(2) { texts -> if ("xxx" in texts && asked.count { it == texts } == 1) throw serverError() }
                val ai = client(target) {
                    retry {
                        maxAttempts = 2
                    }
                }
                lengths(ai.embedMany(texts(6))) shouldBe (1..6).toList()
                target.asked.map { it.first().length } shouldContainExactlyInAnyOrder listOf(1, 3, 3, 5)
            }
        }

        test("the timeout is that of the whole call") {
            runTest {
                val target = Lengths(1) { delay(1.seconds) }
                val ai = client(target) { embeddingConcurrency = 1 }
                shouldThrow<TimeLimitException> { ai.embedMany(texts(5), options { timeout = 2500.milliseconds }) }
                currentTime shouldBe 2_500
                target.underWay shouldBe 0
            }
        }

        test("each part has its own place in the cache, and only what was not there costs") {
            val target = Lengths(2)
            client(target) { cache(MemoryCache(100)) }.use { ai ->
                ai.embedMany(texts(4))
                val more = ai.embed(request(texts(6)))
                lengths(more.embeddings) shouldBe (1..6).toList()
                more.usage.inputTokens shouldBe 11
                more.isCached shouldBe false
                ai.embed(request(texts(6))).isCached shouldBe true
                target.asked.size shouldBe 3
            }
        }
    })
