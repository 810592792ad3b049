package dev.tandem.redis

import dev.tandem.AiClient
import dev.tandem.generate
import dev.tandem.pipeline.CallEvent
import dev.tandem.rateLimit
import dev.tandem.resilience.RateLimit
import io.kotest.assertions.nondeterministic.eventually
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.comparables.shouldBeGreaterThan
import io.kotest.matchers.comparables.shouldBeLessThan
import io.kotest.matchers.shouldBe
import io.lettuce.core.RedisException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope
import java.util.concurrent.atomic.AtomicInteger
import kotlin.time.Duration.Companion.seconds
import kotlin.time.TimeSource

class LimitsOutageSpec :
    FunSpec({
        timeout = 60_000
        val limit = RateLimit.builder().requestsPerMinute(5).build()

        test("without a server each question fails at once; with a new one they are answered again") {
            Server().use { server ->
                RedisLimits.of(Redis.builder(server.uri).timeoutMillis(20_000).build()).use { limits ->
                    val turn = limits.ask("way", limit, 1)
                    turn.isGranted shouldBe true
                    server.kill()
                    val began = TimeSource.Monotonic.markNow()
                    repeat(50) {
                        shouldThrow<RedisException> { limits.ask("way", limit, 1) }
                        shouldThrow<RedisException> { limits.settle("way", turn, 5) }
                        shouldThrow<RedisException> { limits.coolDown("way", 100) }
                    }
                    began.elapsedNow() shouldBeLessThan 10.seconds
                    server.start()
                    eventually(20.seconds) { limits.ask("way", limit, 1).isGranted shouldBe true }
                    // A turn that the new server has never heard of.
                    limits.settle("way", turn, 5)
                }
            }
        }

        test("calls go on by their client's own limit while Redis is dead, with a warning, and share again when it is back") {
            Server().use { server ->
                Redis.builder(server.uri).timeoutMillis(20_000).build().use { redis ->
                    val warnings = AtomicInteger()
                    val provider = FakeProvider()
                    val client = AiClient(provider) {
                        sharedLimits = RedisLimits.of(redis)
                        rateLimit { requestsPerMinute = 1_000_000 }
                        listener { _, event -> if (event is CallEvent.LimitsNotShared) warnings.incrementAndGet() }
                    }
                    client.use {
                        coroutineScope {
                            val calls = List(200) { i ->
                                async(Dispatchers.Default) {
                                    if (i == 100) server.kill()
                                    client.generate("call $i")
                                }
                            }
                            calls.awaitAll().size shouldBe 200
                        }
                        warnings.get() shouldBeGreaterThan 0
                        server.start()
                        val asked = provider.count
                        eventually(30.seconds) {
                            client.generate("again")
                            // The new server counts them.
                            redis.ask { dbsize() }!! shouldBeGreaterThan 0L
                        }
                        provider.count shouldBeGreaterThan asked
                    }
                }
            }
        }
    })
