package dev.tandem.resilience

import dev.tandem.generate
import dev.tandem.pipeline.CallEvent
import dev.tandem.rateLimit
import dev.tandem.retry
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import kotlin.time.Duration.Companion.seconds

class SharingSpec :
    FunSpec({
        test("a call goes when the others let it, too, in the order they came") {
            runTest {
                val free = Common(turnsPerSecond = 2) { currentTime }
                val times = mutableListOf<Long>()
                val provider = Answers { _, _ ->
                    times += currentTime
                    emit("ok")
                }
                val client = clientOf(provider) { sharedLimits = free }
                List(6) { i -> async { client.generate("call $i") } }.awaitAll()
                times shouldContainExactly listOf(0L, 0L, 1_000L, 1_000L, 2_000L, 2_000L)
                provider.requests.map {
                    it.messages
                        .single()
                        .text
                        .last()
                        .digitToInt()
                } shouldContainExactly (0..5).toList()
                free.ways.distinct() shouldContainExactly listOf("fake/fake-1")
            }
        }

        test("what was used in truth is told") {
            runTest {
                val common = Common(turnsPerSecond = 100) { currentTime }
                val client = clientOf(Answers { _, _ -> emit("ok") }) {
                    sharedLimits = common
                    rateLimit { requestsPerMinute = 1 }
                }
                client.generate("Hi")
                runCurrent()
                common.settled shouldContainExactly listOf("turn 1" to 15L)
            }
        }

        test("a turn that nobody takes is given back") {
            runTest {
                val common = Common(turnsPerSecond = 100) { currentTime }
                val slow = object : SharedLimits by common {
                    override suspend fun ask(way: String, limit: RateLimit, tokens: Long): SharedTurn {
                        val turn = common.ask(way, limit, tokens)
                        if (common.asked == 2) delay(800)
                        return turn
                    }
                }
                val provider = Answers { _, _ ->
                    delay(500)
                    throw tooMany(30.seconds)
                }
                val client = clientOf(provider) { sharedLimits = slow }
                launch { runCatching { client.generate("refused while the other asks") } }
                val waiting = launch { client.generate("Hi") }
                delay(1.seconds)
                waiting.cancelAndJoin()
                runCurrent()
                provider.count shouldBe 1
                common.settled.last() shouldBe ("turn 2" to 0L)
            }
        }

        test("limits that fail, or do not answer, are left alone for a while, with a warning") {
            runTest {
                var isDown = true
                val common = Common(turnsPerSecond = 100) { currentTime }
                val failing = object : SharedLimits by common {
                    override suspend fun ask(way: String, limit: RateLimit, tokens: Long): SharedTurn {
                        if (isDown) {
                            delay(10.seconds)
                            awaitCancellation()
                        }
                        return common.ask(way, limit, tokens)
                    }
                }
                val warnings = mutableListOf<CallEvent>()
                val client = clientOf(Answers { _, _ -> emit("ok") }) {
                    sharedLimits = failing
                    listener { _, event -> if (event is CallEvent.LimitsNotShared) warnings += event }
                }
                repeat(100) { client.generate("Hi") }
                currentTime shouldBe 1_000
                warnings shouldHaveSize 1
                isDown = false
                delay(6.seconds)
                client.generate("Hi")
                common.asked shouldBe 1
            }
        }

        test("a refusal is everybody's") {
            runTest {
                val common = Common(turnsPerSecond = 100) { currentTime }
                val provider = Answers { number, _ ->
                    if (number == 1) throw tooMany(7.seconds)
                    emit("ok")
                }
                val client = clientOf(provider) {
                    sharedLimits = common
                    retry { maxAttempts = 2 }
                }
                client.generate("Hi")
                runCurrent()
                common.silences shouldContainExactly listOf(7_000L)
            }
        }
    })

/** So many turns in each second, whoever asks. */
private class Common(private val turnsPerSecond: Int, private val now: () -> Long) : SharedLimits {
    private val taken = mutableListOf<Long>()
    val ways = mutableListOf<String>()
    val settled = mutableListOf<Pair<String, Long>>()
    val silences = mutableListOf<Long>()
    val asked: Int get() = taken.size

    override suspend fun ask(way: String, limit: RateLimit, tokens: Long): SharedTurn {
        ways += way
        val inThisSecond = taken.count { it > now() - 1_000 }
        if (inThisSecond >= turnsPerSecond) return SharedTurn.after(taken[taken.size - turnsPerSecond] + 1_000 - now())
        taken += now()
        return SharedTurn.granted("turn ${taken.size}")
    }

    override suspend fun settle(way: String, turn: SharedTurn, tokens: Long) {
        settled += turn.id to tokens
    }

    override suspend fun coolDown(way: String, millis: Long) {
        silences += millis
    }
}
