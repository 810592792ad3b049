package dev.tandem.redis

import io.kotest.assertions.nondeterministic.eventually
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.longs.shouldBeInRange
import io.kotest.matchers.nulls.shouldBeNull
import io.kotest.matchers.nulls.shouldNotBeNull
import io.kotest.matchers.shouldBe
import io.kotest.property.Arb
import io.kotest.property.arbitrary.byte
import io.kotest.property.arbitrary.byteArray
import io.kotest.property.arbitrary.int
import io.kotest.property.checkAll
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.withContext
import kotlin.time.Duration.Companion.seconds

class RedisCacheSpec :
    FunSpec({
        timeout = 60_000
        val server = autoClose(Server())
        val redis = autoClose(Redis.builder(server.uri).timeoutMillis(10_000).build())
        val cache = RedisCache.of(redis)

        test("gives back what was put, until it is removed") {
            cache.get("a").shouldBeNull()
            cache.put("a", "first".encodeToByteArray(), 60_000)
            cache.put("a", "second".encodeToByteArray(), 60_000)
            cache.get("a")?.decodeToString() shouldBe "second"
            cache.remove("a")
            cache.get("a").shouldBeNull()
            cache.remove("a")
        }

        test("gives back any bytes") {
            checkAll(200, Arb.byteArray(Arb.int(0..5_000), Arb.byte())) { bytes ->
                cache.put("bytes", bytes, 60_000)
                cache.get("bytes").shouldNotBeNull().toList() shouldBe bytes.toList()
            }
        }

        test("gives back a megabyte") {
            val bytes = ByteArray(1_000_000) { it.toByte() }
            cache.put("large", bytes, 60_000)
            cache.get("large").shouldNotBeNull().contentEquals(bytes) shouldBe true
        }

        test("tells the server for how long") {
            cache.put("timed", ByteArray(1), 3_600_000)
            redis.ask { pttl("tandem:cache:default:timed") }.shouldNotBeNull() shouldBeInRange 3_590_000L..3_600_000L
            cache.put("short", ByteArray(1), 1)
            eventually(10.seconds) { cache.get("short").shouldBeNull() }
            shouldThrow<IllegalArgumentException> { cache.put("never", ByteArray(1), 0) }
                .message shouldBe "ttlMillis must be at least 1, but is 0"
        }

        test("namespaces know nothing of each other") {
            val other = RedisCache.builder(redis).namespace("other").build()
            cache.put("same", byteArrayOf(1), 60_000)
            other.get("same").shouldBeNull()
            other.put("same", byteArrayOf(2), 60_000)
            other.remove("same")
            cache.get("same").shouldNotBeNull().toList() shouldBe listOf(1)
        }

        test("thousands at the same time share one connection") {
            val before = server.connections(redis)
            withContext(Dispatchers.Default) {
                List(5_000) { i ->
                    async {
                        cache.put("many$i", "$i".encodeToByteArray(), 60_000)
                        cache.get("many$i")?.decodeToString()
                    }
                }.awaitAll() shouldBe List(5_000) { "$it" }
            }
            server.connections(redis) shouldBe before
        }

        test("one that was made with an address closes its connection, one that shares it does not") {
            val own = RedisCache.at(server.uri)
            own.put("own", byteArrayOf(1), 60_000)
            server.connections(redis) shouldBe 2
            own.close()
            own.close()
            eventually(10.seconds) { server.connections(redis) shouldBe 1 }
            shouldThrow<IllegalStateException> { own.get("own") }.message shouldBe
                "the connection to Redis at 127.0.0.1:${server.port} has been closed"
            RedisCache.of(redis).close()
            cache.get("own").shouldNotBeNull()
        }
    })

private suspend fun Server.connections(redis: Redis): Int = redis
    .ask { clientList() }
    .orEmpty()
    .trim()
    .lines()
    .count { "laddr=127.0.0.1:$port" in it }
