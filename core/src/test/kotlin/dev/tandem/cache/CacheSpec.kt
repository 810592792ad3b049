package dev.tandem.cache

import dev.tandem.cache
import dev.tandem.error.ServerException
import dev.tandem.generate
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatRequest
import dev.tandem.pipeline.CallEvent
import dev.tandem.resilience.Answers
import dev.tandem.resilience.clientOf
import dev.tandem.resilience.serverError
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runTest
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds

class CacheSpec :
    FunSpec({
        fun numbered() = Answers { number, _ -> emit("answer $number") }

        test("what was asked before is answered from the cache, and says so") {
            runTest {
                val provider = numbered()
                val hits = mutableListOf<CallEvent>()
                val client = clientOf(provider) {
                    cache(MemoryCache(10))
                    listener { _, event -> if (event is CallEvent.CacheHit) hits += event }
                }
                val first = client.chat(ChatRequest.of("Hi"))
                val second = client.chat(ChatRequest.of("Hi"))
                first.isCached shouldBe false
                second.isCached shouldBe true
                second.text shouldBe first.text
                second.usage shouldBe first.usage
                second.finishReason shouldBe first.finishReason
                provider.count shouldBe 1
                hits.size shouldBe 1
                client.spending().requests shouldBe 1
                client.stats().inputTokens shouldBe 10
            }
        }

        test("another question, another answer; and so with everything that changes the answer") {
            runTest {
                val provider = numbered()
                val client = clientOf(provider) { cache(MemoryCache(100)) }
                val questions = listOf<suspend () -> String>(
                    { client.generate("Hi") },
                    { client.generate("Ho") },
                    { client.generate("Hi") { temperature = 0.1 } },
                    { client.generate("Hi") { temperature = 0.2 } },
                    { client.generate("Hi") { model = "other" } },
                    { client.generate("Hi") { maxTokens = 5 } },
                    { client.generate("Hi") { seed = 1 } },
                    { client.generate("Hi") { stop("a") } },
                    { client.generate("Hi") { extra("x", 1) } },
                    { client.generate("Hi") { header("x-beta", "1") } },
                    {
                        client
                            .chat(
                                ChatRequest
                                    .builder()
                                    .system("Be brief")
                                    .user("Hi")
                                    .build(),
                            ).text
                    },
                    { client.streamText("Hi").toList().joinToString("") },
                )
                val answers = questions.map { it() }
                answers.distinct().size shouldBe questions.size
                questions.map { it() } shouldBe answers
            }
        }

        test("how a call is made and booked changes nothing") {
            runTest {
                val provider = numbered()
                val client = clientOf(provider) { cache(MemoryCache(10)) }
                client.generate("Hi")
                client.generate("Hi") {
                    timeout = 5.minutes
                    tag("team")
                    conversation = "c"
                    maxEventBytes = 1_000
                } shouldBe "answer 1"
            }
        }

        test("a call may say no") {
            runTest {
                val client = clientOf(numbered()) { cache(MemoryCache(10)) }
                client.generate("Hi")
                client.generate("Hi") { caching = false } shouldBe "answer 2"
                client.generate("Hi") shouldBe "answer 1"
            }
        }

        test("an answer has its time") {
            runTest {
                val client = clientOf(numbered()) { cache(MemoryCache(10, 10_000, testScheduler.timeSource)) { ttl = 2.hours } }
                client.generate("Hi")
                delay(2.hours - 1.milliseconds)
                client.generate("Hi") shouldBe "answer 1"
                delay(1)
                client.generate("Hi") shouldBe "answer 2"
            }
        }

        test("a stream comes again in the pieces it came in") {
            runTest {
                val provider = Answers { _, _ ->
                    emit("a")
                    delay(1_000)
                    emit("b")
                }
                val client = clientOf(provider) { cache(MemoryCache(10)) }
                val first = client.stream("Hi").toList()
                val again = client.stream("Hi").toList()
                again.dropLast(1) shouldBe first.dropLast(1)
                (again.last() as ChatEvent.Completed).response.isCached shouldBe true
                (first.last() as ChatEvent.Completed).response.isCached shouldBe false
                provider.count shouldBe 1
                currentTime shouldBe 1_000
            }
        }

        test("embeddings are kept to the last bit") {
            runTest {
                val provider = numbered()
                val client = clientOf(provider) { cache(MemoryCache(10)) }
                client.embed("Hi") shouldBe client.embed("Hi")
                provider.count shouldBe 1
            }
        }

        test("a failure is not kept, and neither is half a stream") {
            runTest {
                val provider = Answers { number, _ ->
                    emit("a")
                    delay(100)
                    if (number == 1) throw serverError()
                }
                val client = clientOf(provider) { cache(MemoryCache(10)) }
                shouldThrow<ServerException> { client.streamText("Hi").toList() }
                client.streamText("Hi").take(1).toList()
                client.streamText("Hi").toList() shouldBe listOf("a")
                provider.count shouldBe 3
            }
        }

        test("what was answered is kept, even if the client is closed or the reader leaves at once") {
            runTest {
                val provider = numbered()
                val kept = MemoryCache(10)
                val slow = object : CacheStore by kept {
                    override suspend fun put(key: String, value: ByteArray, ttlMillis: Long) {
                        delay(500.milliseconds)
                        kept.put(key, value, ttlMillis)
                    }
                }
                clientOf(provider) { cache(slow) }.use { it.generate("Hi") }
                val client = clientOf(provider) { cache(slow) }
                client.generate("Hi") shouldBe "answer 1"
                client.stream("Ho").first { it is ChatEvent.Completed }
                testScheduler.advanceUntilIdle()
                client.streamText("Ho").toList().joinToString("") shouldBe "answer 2"
                provider.count shouldBe 2
            }
        }

        test("an answer in time is one, however long its store takes") {
            runTest {
                val provider = Answers { number, _ ->
                    delay(1_500)
                    emit("answer $number")
                }
                val client = clientOf(provider) {
                    cache(store(get = { null }, put = { awaitCancellation() })) { patience = 5.seconds }
                    timeout = 2.seconds
                }
                client.generate("Hi") shouldBe "answer 1"
                currentTime shouldBe 2_000
                client.stream("Hi").toList().last()::class shouldBe ChatEvent.Completed::class
                currentTime shouldBe 4_000
                client.embed("Hi").dimensions shouldBe 2
                client.stats().successful shouldBe 3
            }
        }

        test("a store that fails, or answers nonsense, or nothing at all, fails no call") {
            runTest {
                val stores = listOf(
                    store(get = { error("down") }, put = { error("down") }),
                    store(get = { "nonsense".encodeToByteArray() }, put = {}),
                    store(get = { awaitCancellation() }, put = { awaitCancellation() }),
                )
                for (broken in stores) {
                    val failures = mutableListOf<CallEvent>()
                    val client = clientOf(numbered()) {
                        cache(broken) { patience = 50.milliseconds }
                        listener { _, event -> if (event is CallEvent.CacheFailed) failures += event }
                    }
                    client.generate("Hi") shouldBe "answer 1"
                    (failures.size >= 1) shouldBe true
                }
            }
        }
    })

private fun store(get: suspend () -> ByteArray?, put: suspend () -> Unit) = object : CacheStore {
    override suspend fun get(key: String): ByteArray? = get()

    override suspend fun put(key: String, value: ByteArray, ttlMillis: Long) = put()

    override suspend fun remove(key: String) = Unit
}
