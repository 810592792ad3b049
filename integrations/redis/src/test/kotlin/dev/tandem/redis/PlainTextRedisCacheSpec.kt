package dev.tandem.redis

import dev.tandem.AiClient
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatRequest
import dev.tandem.model.FinishReason
import dev.tandem.model.Options
import dev.tandem.model.Part
import dev.tandem.model.ResponseFormat
import dev.tandem.model.options
import dev.tandem.pipeline.CallEvent
import dev.tandem.pipeline.Middleware
import dev.tandem.telemetry.CallListener
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.longs.shouldBeInRange
import io.kotest.matchers.nulls.shouldNotBeNull
import io.kotest.matchers.shouldBe
import io.lettuce.core.SetArgs
import kotlinx.coroutines.flow.toList
import java.util.concurrent.ConcurrentLinkedQueue

private const val KEY = "ai_cache:a5f3447b03d635350e2bfd00624c132d"
private const val PROMPT = "What is AI?"

class PlainTextRedisCacheSpec :
    FunSpec({
        timeout = 60_000
        val server = autoClose(Server())
        val redis = autoClose(Redis.builder(server.uri).timeoutMillis(10_000).build())
        val cache = PlainTextRedisCache.of(redis)

        suspend fun keys() = redis.ask { keys("*") }.orEmpty()

        suspend fun read(key: String) = redis.ask { get(key) }?.decodeToString()

        suspend fun write(key: String, text: String) {
            redis.ask { set(key, text.encodeToByteArray(), SetArgs.Builder.ex(3600)) }
        }

        beforeTest { redis.ask { flushall() } }

        test("writes what the other program reads") {
            clientOf(FakeProvider(), cache).use { it.generate(PROMPT) shouldBe "answer 1" }
            read(KEY) shouldBe "answer 1"
            redis.ask { ttl(KEY) }.shouldNotBeNull() shouldBeInRange 3_590L..3_600L
        }

        test("reads what the other program wrote, and says that it was there") {
            write(KEY, "Künstliche Intelligenz \uD83D\uDE00")
            val provider = FakeProvider()
            val events = ConcurrentLinkedQueue<CallEvent>()
            clientOf(provider, cache, events).use { client ->
                val response = client.chat(ChatRequest.of(PROMPT))
                response.text shouldBe "Künstliche Intelligenz \uD83D\uDE00"
                response.isCached shouldBe true
                response.model shouldBe "gpt-3.5-turbo"
                response.finishReason shouldBe FinishReason.STOP
                client.spending().requests shouldBe 0
            }
            provider.count shouldBe 0
            events.filterIsInstance<CallEvent.CacheHit>().size shouldBe 1
        }

        test("a stream comes as one text and its end, and is written when it has ended") {
            val provider = FakeProvider()
            clientOf(provider, cache).use { client ->
                client.stream(PROMPT).toList().map { it.text } shouldBe listOf("answer", "1", "")
                read(KEY) shouldBe "answer 1"
                val events = client.stream(PROMPT).toList()
                events.map { it.text } shouldBe listOf("answer 1", "")
                (events.last() as ChatEvent.Completed).response.isCached shouldBe true
                client.generate(PROMPT) shouldBe "answer 1"
            }
            provider.count shouldBe 1
        }

        test("calls that ask more than such a key says go by") {
            val calls = listOf<suspend (AiClient) -> Unit>(
                { it.generate(PROMPT, options { temperature = 0.1 }) },
                { it.generate(PROMPT, options { maxTokens = 5 }) },
                { it.generate(PROMPT, options { stop("x") }) },
                { it.generate(PROMPT, options { header("x-beta", "1") }) },
                { it.generate(PROMPT, options { extra("n", 2) }) },
                { it.generate(PROMPT, options { caching = false }) },
                {
                    it.chat(
                        ChatRequest
                            .builder()
                            .system("Be brief")
                            .user(PROMPT)
                            .build(),
                    )
                },
                {
                    it.chat(
                        ChatRequest
                            .builder()
                            .user(PROMPT)
                            .assistant("AI is")
                            .build(),
                    )
                },
                { it.chat(ChatRequest.builder().user(Part.Text(PROMPT), Part.Image("https://example.com/a.png")).build()) },
            )
            write(KEY, "kept")
            val provider = FakeProvider()
            clientOf(provider, cache).use { client -> calls.forEach { it(client) } }
            provider.count shouldBe calls.size
            keys() shouldBe listOf(KEY)
            read(KEY) shouldBe "kept"
        }

        test("how a call is made and booked changes nothing") {
            write(KEY, "kept")
            clientOf(FakeProvider(), cache).use { client ->
                client.generate(
                    PROMPT,
                    Options
                        .builder()
                        .timeoutMillis(5_000)
                        .tag("team")
                        .build(),
                ) shouldBe "kept"
            }
        }

        test("parameters are ignored where that is asked for, but never what wants more than a text") {
            write(KEY, "kept")
            val careless = PlainTextRedisCache.builder(redis).ignoresParameters(true).build()
            clientOf(FakeProvider(), careless).use { client ->
                client.generate(PROMPT, options { temperature = 0.1 }) shouldBe "kept"
                client.generate(PROMPT, options { responseFormat = ResponseFormat.JSON }) shouldBe "answer 1"
                client
                    .chat(
                        ChatRequest
                            .builder()
                            .system("Be brief")
                            .user(PROMPT)
                            .build(),
                    ).text shouldBe "answer 2"
            }
        }

        test("another prefix and another time") {
            val other = PlainTextRedisCache
                .builder(redis)
                .prefix("theirs:")
                .ttlMillis(5_000)
                .build()
            clientOf(FakeProvider(), other).use { it.generate(PROMPT) }
            keys() shouldBe listOf(KEY.replace("ai_cache:", "theirs:"))
            redis.ask { pttl("theirs:a5f3447b03d635350e2bfd00624c132d") }.shouldNotBeNull() shouldBeInRange 1L..5_000L
        }

        test("an answer that was cut off is not kept") {
            clientOf(FakeProvider(FinishReason.LENGTH), cache).use { it.generate(PROMPT) }
            keys().shouldBeEmpty()
        }

        test("what is no text fails no call, and is replaced") {
            redis.ask { set(KEY, byteArrayOf(-1, -2)) }
            val events = ConcurrentLinkedQueue<CallEvent>()
            clientOf(FakeProvider(), cache, events).use { it.generate(PROMPT) shouldBe "answer 1" }
            events.filterIsInstance<CallEvent.CacheFailed>().size shouldBe 1
            read(KEY) shouldBe "answer 1"
        }

        test("a Redis that is away fails no call") {
            val events = ConcurrentLinkedQueue<CallEvent>()
            Server(isRunning = false).use { nobody ->
                PlainTextRedisCache.at(nobody.uri).use { dead ->
                    clientOf(FakeProvider(), dead, events).use {
                        it.generate(PROMPT) shouldBe "answer 1"
                        it.generate(PROMPT) shouldBe "answer 2"
                    }
                }
            }
            events.filterIsInstance<CallEvent.CacheFailed>().size shouldBe 4
        }
    })

private fun clientOf(provider: FakeProvider, layer: Middleware, events: MutableCollection<CallEvent> = mutableListOf()): AiClient = AiClient
    .builder(provider)
    .middleware(layer)
    .listener(CallListener { _, event -> events += event })
    .build()
