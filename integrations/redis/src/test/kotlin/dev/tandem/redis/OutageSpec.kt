package dev.tandem.redis

import io.kotest.assertions.nondeterministic.eventually
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.comparables.shouldBeLessThan
import io.kotest.matchers.nulls.shouldBeNull
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.types.shouldBeInstanceOf
import io.lettuce.core.RedisCommandTimeoutException
import io.lettuce.core.RedisConnectionException
import io.lettuce.core.RedisException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.withContext
import kotlin.time.Duration.Companion.seconds
import kotlin.time.TimeSource

class OutageSpec :
    FunSpec({
        timeout = 60_000

        test("one that was never there fails at once, and is used when it comes") {
            Server(isRunning = false).use { server ->
                Redis.builder(server.uri).timeoutMillis(20_000).build().use { redis ->
                    val cache = RedisCache.of(redis)
                    val began = TimeSource.Monotonic.markNow()
                    repeat(100) {
                        shouldThrow<RedisConnectionException> { cache.get("a") }
                            .message shouldContain "Redis at 127.0.0.1:${server.port} cannot be reached"
                    }
                    began.elapsedNow() shouldBeLessThan 10.seconds
                    server.start()
                    eventually(20.seconds) { cache.get("a").shouldBeNull() }
                }
            }
        }

        test("one that is killed fails all that was under way, and is used again when it is back") {
            Server().use { server ->
                Redis.builder(server.uri).timeoutMillis(20_000).build().use { redis ->
                    val cache = RedisCache.of(redis)
                    cache.put("a", byteArrayOf(1), 60_000)
                    server.freeze()
                    withContext(Dispatchers.Default) {
                        val began = TimeSource.Monotonic.markNow()
                        val underWay = List(100) { async { runCatching { cache.get("a") } } }
                        server.kill()
                        underWay.awaitAll().forEach { it.exceptionOrNull().shouldBeInstanceOf<RedisException>() }
                        began.elapsedNow() shouldBeLessThan 10.seconds
                    }
                    shouldThrow<RedisException> { cache.get("a") }
                    server.start()
                    eventually(20.seconds) { cache.get("a").shouldBeNull() }
                    cache.put("a", byteArrayOf(2), 60_000)
                    cache.get("a")?.toList() shouldBe listOf(2)
                }
            }
        }

        test("of one that is frozen only one caller at a time finds out") {
            Server().use { server ->
                Redis.builder(server.uri).timeoutMillis(500).build().use { redis ->
                    val cache = RedisCache.of(redis)
                    eventually(20.seconds) { cache.put("a", byteArrayOf(1), 60_000) }
                    server.freeze()
                    shouldThrow<RedisCommandTimeoutException> { cache.get("a") }.message shouldContain "has not answered within 500ms"
                    withContext(Dispatchers.Default) {
                        val errors = List(100) { async { shouldThrow<RedisException> { cache.get("a") } } }.awaitAll()
                        (errors.count { "within 500ms" in it.message.orEmpty() } < 10) shouldBe true
                    }
                    server.thaw()
                    eventually(20.seconds) { cache.get("a")?.toList() shouldBe listOf(1) }
                }
            }
        }

        test("whoever waits when it is closed gets an exception") {
            Server().use { server ->
                val redis = Redis.builder(server.uri).timeoutMillis(20_000).build()
                val cache = RedisCache.of(redis)
                cache.get("a").shouldBeNull()
                server.freeze()
                withContext(Dispatchers.Default) {
                    val waiting = async { runCatching { cache.get("a") } }
                    redis.close()
                    waiting.await().exceptionOrNull().shouldBeInstanceOf<RuntimeException>()
                }
            }
        }

        test("closing one that was never used, or never there, is fine") {
            Server(isRunning = false).use { server ->
                Redis.at(server.uri).close()
                val redis = Redis.at(server.uri)
                shouldThrow<RedisException> { RedisCache.of(redis).get("a") }
                redis.close()
                shouldThrow<IllegalStateException> { RedisCache.of(redis).get("a") }
            }
        }
    })
