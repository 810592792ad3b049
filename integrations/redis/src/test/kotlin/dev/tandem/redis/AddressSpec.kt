package dev.tandem.redis

import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import kotlin.time.Duration

class AddressSpec :
    FunSpec({
        for (uri in listOf(
            "",
            "localhost:6379",
            "http://localhost:6379",
            "redis://",
            "redis://:s3cret@",
            "redis://user:s3cret@ho st:6379",
            "redis://user:s3cret@host:port",
            "redis://us er:s3cret@host",
            "s3cret@redis://host",
        )) {
            test("'$uri' is refused, with the form that is right and without its password") {
                val error = shouldThrow<IllegalArgumentException> { Redis.at(uri) }
                error.message shouldContain "redis://host:6379/0"
                error.stackTraceToString() shouldNotContain "s3cret"
            }
        }

        test("shows host and port only") {
            Redis.at("redis://user:s3cret@cache.example:7000/3").toString() shouldBe "Redis(cache.example:7000)"
            RedisCache.at("rediss://:s3cret@cache.example").toString() shouldBe
                "RedisCache(Redis(cache.example:6379), tandem:cache:default:)"
            RedisLimits.at("rediss://:s3cret@cache.example").toString() shouldBe "RedisLimits(Redis(cache.example:6379), default)"
            PlainTextRedisCache.at("redis://:s3cret@cache.example").toString() shouldBe
                "PlainTextRedisCache(Redis(cache.example:6379), ai_cache:)"
        }

        test("settings name what is wrong with them") {
            val redis = Redis.at("redis://localhost")
            shouldThrow<IllegalArgumentException> { Redis.builder("redis://localhost").timeoutMillis(0) }
                .message shouldBe "timeout must be positive, but is 0s"
            shouldThrow<IllegalArgumentException> { Redis.builder("redis://localhost").timeout = Duration.INFINITE }
            for (name in listOf("", "a:b", "{a}", "a b", "ä", "x".repeat(101))) {
                shouldThrow<IllegalArgumentException> { RedisCache.builder(redis).namespace(name) }.message shouldContain
                    "namespace must be"
                shouldThrow<IllegalArgumentException> { RedisLimits.builder(redis).namespace(name) }.message shouldContain
                    "namespace must be"
            }
            shouldThrow<IllegalArgumentException> { PlainTextRedisCache.builder(redis).ttlMillis(0) }
                .message shouldBe "ttl must be at least 1 ms, but is 0s"
        }
    })
