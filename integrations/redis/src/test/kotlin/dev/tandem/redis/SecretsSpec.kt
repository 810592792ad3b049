package dev.tandem.redis

import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldNotBeEmpty
import io.kotest.matchers.nulls.shouldBeNull
import io.kotest.matchers.string.shouldNotContain
import io.lettuce.core.RedisException
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.logging.Handler
import java.util.logging.Level
import java.util.logging.LogRecord
import java.util.logging.Logger

class SecretsSpec :
    FunSpec({
        timeout = 60_000

        test("a password shows neither in errors nor in the log, whatever happens") {
            val lines = ConcurrentLinkedQueue<String>()
            val log = Logger.getLogger("io.lettuce")
            val handler = object : Handler() {
                override fun publish(record: LogRecord) {
                    lines += "${record.message} ${record.parameters?.toList()} ${record.thrown?.stackTraceToString()}"
                }

                override fun flush() = Unit

                override fun close() = Unit
            }
            log.level = Level.FINE
            log.useParentHandlers = false
            log.addHandler(handler)
            try {
                Server("--requirepass", "s3cret").use { server ->
                    val address = server.uri.removePrefix("redis://")
                    val errors = mutableListOf<Throwable>()
                    RedisCache.at("redis://:wr0ng@$address").use { cache -> errors += shouldThrow<RedisException> { cache.get("a") } }
                    RedisCache.at("redis://:s3cret@$address").use { cache ->
                        errors += runCatching { cache.get("a") }.exceptionOrNull()?.let { listOf(it) }.orEmpty()
                        server.kill()
                        errors += shouldThrow<RedisException> { cache.get("a") }
                    }
                    lines.shouldNotBeEmpty()
                    val all = errors.joinToString { it.stackTraceToString() } + lines.joinToString()
                    all shouldNotContain "s3cret"
                    all shouldNotContain "wr0ng"
                }
            } finally {
                log.removeHandler(handler)
                log.level = null
                log.useParentHandlers = true
            }
        }

        test("the right password opens") {
            Server("--requirepass", "s3cr/t").use { server ->
                Redis.builder("redis://:s3cr%2Ft@127.0.0.1:${server.port}/2").timeoutMillis(10_000).build().use {
                    RedisCache.of(it).get("a").shouldBeNull()
                }
            }
        }
    })
