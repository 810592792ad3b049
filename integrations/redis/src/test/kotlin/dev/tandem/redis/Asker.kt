package dev.tandem.redis

import dev.tandem.resilience.RateLimit
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.runBlocking

/** A program that asks so often, as fast as it can, once somebody writes a line to it. Says how many may go. It closes nothing. */
object Asker {
    @JvmStatic
    fun main(arguments: Array<String>) {
        val (uri, requests, tokens, asks) = arguments
        val limits = RedisLimits.of(Redis.builder(uri).timeoutMillis(30_000).build())
        val limit = RateLimit
            .builder()
            .requestsPerMinute(requests.toInt())
            .tokensPerMinute(tokens.toLong())
            .build()
        runBlocking {
            // Connected, before the start.
            limits.ask("warm up", limit, 1)
            println("ready")
            checkNotNull(readlnOrNull()) { "nobody is there" }
            println(List(asks.toInt()) { async { limits.ask("way", limit, 10).isGranted } }.awaitAll().count { it })
        }
    }
}
