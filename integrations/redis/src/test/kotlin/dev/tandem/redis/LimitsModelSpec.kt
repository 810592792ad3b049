package dev.tandem.redis

import dev.tandem.resilience.RateLimit
import dev.tandem.resilience.SharedTurn
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.property.Arb
import io.kotest.property.arbitrary.element
import io.kotest.property.arbitrary.int
import io.kotest.property.arbitrary.list
import io.kotest.property.arbitrary.long
import io.kotest.property.arbitrary.orNull
import io.kotest.property.arbitrary.pair
import io.kotest.property.checkAll
import kotlin.random.Random
import kotlin.time.Duration.Companion.seconds

private val WINDOW = 60.seconds

/** Any steps at any times: the server says what the model says. */
class LimitsModelSpec :
    FunSpec({
        timeout = 120_000
        val server = autoClose(Server())
        val redis = autoClose(Redis.builder(server.uri).timeoutMillis(10_000).build())

        test("waits and grants are those of the model") {
            var round = 0
            val steps = Arb.list(Arb.pair(Arb.element("ask", "ask", "ask", "ask", "settle", "silence"), Arb.long()), 1..60)
            checkAll(300, Arb.int(1..8).orNull(0.3), Arb.long(1L..500L).orNull(0.3), steps) { requests, tokens, script ->
                val way = "way ${round++}"
                var now = 1_700_000_000_000_000L
                val limit = RateLimit
                    .builder()
                    .requestsPerMinute(requests)
                    .tokensPerMinute(tokens)
                    .build()
                val model = ModelWindow(requests, tokens, WINDOW.inWholeMicroseconds)
                val processes = List(3) {
                    RedisLimits
                        .builder(redis)
                        .apply {
                            window = WINDOW
                            clock = { now }
                        }.build()
                }
                for ((what, seed) in script) {
                    val random = Random(seed)
                    now += random.nextLong(WINDOW.inWholeMicroseconds / 4)
                    val process = processes.random(random)
                    when (what) {
                        "ask" -> {
                            val amount = random.nextLong(tokens?.let { it + 1 } ?: 1_000)
                            val wait = model.waitFor(amount, now)
                            val answer = process.answerTo(way, limit, amount)
                            withClue("$limit, $amount tokens at $now") { answer.wait shouldBe wait }
                            if (wait == 0L) model.grant(answer.id, amount, now)
                        }

                        "settle" -> {
                            model.ids.randomOrNull(random)?.let { id ->
                                val amount = random.nextLong(800)
                                process.settle(way, SharedTurn.granted(id), amount)
                                model.settle(id, amount)
                            }
                        }

                        else -> {
                            val millis = random.nextLong(1, 20_000)
                            process.coolDown(way, millis)
                            model.coolDown(millis * 1_000, now)
                        }
                    }
                }
            }
        }
    })
