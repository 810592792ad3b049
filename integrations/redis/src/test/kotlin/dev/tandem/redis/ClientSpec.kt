package dev.tandem.redis

import dev.tandem.AiClient
import dev.tandem.cache.Cache
import dev.tandem.model.ChatRequest
import dev.tandem.pipeline.CallEvent
import dev.tandem.telemetry.CallListener
import io.kotest.assertions.nondeterministic.eventually
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldNotBeEmpty
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.withContext
import java.util.concurrent.ConcurrentLinkedQueue
import kotlin.time.Duration.Companion.seconds

class ClientSpec :
    FunSpec({
        timeout = 60_000

        fun clientOf(provider: FakeProvider, store: RedisCache, events: MutableCollection<CallEvent>): AiClient = AiClient
            .builder(provider)
            .cache(Cache.builder(store).apply { patience = 20.seconds }.build())
            .listener(CallListener { _, event -> events += event })
            .build()

        test("what one client was answered another one finds, whole") {
            val events = ConcurrentLinkedQueue<CallEvent>()
            Server().use { server ->
                val provider = FakeProvider()
                val redis = Redis.builder(server.uri).timeoutMillis(20_000).build()
                val one = clientOf(provider, RedisCache.of(redis), events)
                val pieces = one.stream("Hi").toList().map { it.text }
                val first = one.chat(ChatRequest.of("Hi"))
                eventually(20.seconds) { redis.ask { dbsize() } shouldBe 2L }
                one.close()
                redis.close()

                RedisCache.of(Redis.builder(server.uri).timeoutMillis(20_000).build()).use { store ->
                    val other = clientOf(provider, store, events)
                    other.stream("Hi").toList().map { it.text } shouldBe pieces
                    val second = other.chat(ChatRequest.of("Hi"))
                    second.text shouldBe first.text
                    second.usage shouldBe first.usage
                    second.isCached shouldBe true
                    other.close()
                }
                provider.count shouldBe 2
            }
            events.filterIsInstance<CallEvent.CacheFailed>().shouldBeEmpty()
        }

        test("when Redis is killed in the midst of calls they go on without it, and with it when it is back") {
            val events = ConcurrentLinkedQueue<CallEvent>()
            val midst = CompletableDeferred<Unit>()
            val killed = CompletableDeferred<Unit>()
            val provider = FakeProvider { number ->
                if (number == 50) midst.complete(Unit)
                if (number >= 50) killed.await()
            }
            Server().use { server ->
                RedisCache.of(Redis.builder(server.uri).timeoutMillis(20_000).build()).use { store ->
                    clientOf(provider, store, events).use { client ->
                        withContext(Dispatchers.Default) {
                            val answers = List(200) { async { client.generate("question $it") } }
                            midst.await()
                            server.kill()
                            killed.complete(Unit)
                            answers.awaitAll().toSet().size shouldBe 200
                        }
                        events.filterIsInstance<CallEvent.CacheFailed>().shouldNotBeEmpty()
                        server.start()
                        val before = client.generate("another")
                        eventually(20.seconds) {
                            client.generate("another again")
                            client.chat(ChatRequest.of("another again")).isCached shouldBe true
                        }
                        before.startsWith("answer") shouldBe true
                    }
                }
            }
        }
    })
