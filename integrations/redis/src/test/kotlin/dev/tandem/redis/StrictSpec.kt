package dev.tandem.redis

import dev.tandem.resilience.RateLimit
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.comparables.shouldBeLessThanOrEqualTo
import io.kotest.matchers.longs.shouldBeGreaterThanOrEqual
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import java.util.concurrent.ConcurrentLinkedQueue
import kotlin.time.Duration.Companion.milliseconds

/** On the server's own clock, with windows that are short instead of waits that are long. */
class StrictSpec :
    FunSpec({
        timeout = 60_000

        test("in no window more than the limit, however many ask, and nothing is given away") {
            val length = 200.milliseconds
            val limit = RateLimit
                .builder()
                .requestsPerMinute(40)
                .tokensPerMinute(300)
                .build()
            val grants = ConcurrentLinkedQueue<Pair<Long, Long>>()
            Server().use { server ->
                val connections = List(2) { Redis.builder(server.uri).timeoutMillis(20_000).build() }
                val askers = connections.map { redis -> RedisLimits.builder(redis).apply { window = length }.build() }
                withContext(Dispatchers.Default) {
                    repeat(20) { asker ->
                        launch {
                            while (grants.size < 240) {
                                val answer = askers[asker % 2].answerTo("way", limit, 1L + asker)
                                if (answer.wait == 0L) grants += answer.at to 1L + asker else delay(answer.wait / 1_000 + 1)
                            }
                        }
                    }
                }
                connections.forEach { it.close() }
            }
            val sorted = grants.sortedBy { it.first }
            for ((at, _) in sorted) {
                val inside = sorted.filter { it.first > at - length.inWholeMicroseconds && it.first <= at }
                withClue("the window that ends at $at") {
                    inside.size shouldBeLessThanOrEqualTo 40
                    inside.sumOf { it.second } shouldBeLessThanOrEqualTo 300L
                }
            }
            // At least as many windows as so many tokens need.
            val windows = (sorted.sumOf { it.second } - 1) / 300
            sorted.last().first - sorted.first().first shouldBeGreaterThanOrEqual windows * length.inWholeMicroseconds
        }
    })
