package dev.tandem.redis

import dev.tandem.resilience.RateLimit
import dev.tandem.resilience.SharedTurn
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.longs.shouldBeInRange
import io.kotest.matchers.nulls.shouldNotBeNull
import io.kotest.matchers.shouldBe
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds

private const val WAY = "openai gpt-4o"
private const val MANY = 1_000
private const val START = 1_700_000_000_000_000L

class RedisLimitsSpec :
    FunSpec({
        timeout = 60_000
        val server = autoClose(Server())
        val redis = autoClose(Redis.builder(server.uri).timeoutMillis(10_000).build())

        // In microseconds.
        var now = START

        fun limits(name: String = "default") = RedisLimits
            .builder(redis)
            .apply {
                namespace = name
                window = 60.seconds
                clock = { now }
            }.build()

        fun limitOf(requests: Int? = null, tokens: Long? = null) = RateLimit
            .builder()
            .requestsPerMinute(requests)
            .tokensPerMinute(tokens)
            .build()

        suspend fun RedisLimits.count(limit: RateLimit, tokens: Long = 0): Int {
            var granted = 0
            while (granted < MANY && ask(WAY, limit, tokens).isGranted) granted++
            return granted
        }

        beforeTest {
            redis.ask { flushall() }
            now = START
        }

        test("lets as many requests go as the limit says, and says when the next may") {
            val limits = limits()
            val limit = limitOf(requests = 10)
            limits.count(limit) shouldBe 10
            now += 59.seconds.inWholeMicroseconds
            limits.ask(WAY, limit, 0).waitMillis shouldBe 1_000
            now += 1.seconds.inWholeMicroseconds - 1
            limits.ask(WAY, limit, 0).waitMillis shouldBe 1
            now += 1
            limits.count(limit) shouldBe 10
        }

        test("requests and tokens are granted together or not at all") {
            val limits = limits()
            val limit = limitOf(requests = 3, tokens = 100)
            limits.ask(WAY, limit, 60).isGranted shouldBe true
            now += 1.seconds.inWholeMicroseconds
            limits.ask(WAY, limit, 60).waitMillis shouldBe 59_000
            limits.ask(WAY, limit, 40).isGranted shouldBe true
            limits.ask(WAY, limit, 0).isGranted shouldBe true
            limits.ask(WAY, limit, 0).waitMillis shouldBe 59_000
            now += 59.seconds.inWholeMicroseconds
            limits.ask(WAY, limit, 61).waitMillis shouldBe 1_000
            limits.ask(WAY, limit, 60).isGranted shouldBe true
        }

        test("a request larger than the limit goes alone") {
            val limits = limits()
            val limit = limitOf(tokens = 100)
            limits.ask(WAY, limit, 1_000_000).isGranted shouldBe true
            limits.ask(WAY, limit, 1).waitMillis shouldBe 60_000
        }

        test("what was thought is corrected by what was") {
            val limits = limits()
            val limit = limitOf(tokens = 100)
            val large = limits.ask(WAY, limit, 90)
            limits.ask(WAY, limit, 20).isGranted shouldBe false
            limits.settle(WAY, large, 30)
            val small = limits.ask(WAY, limit, 70)
            limits.settle(WAY, small, 500)
            now += 30.seconds.inWholeMicroseconds
            limits.ask(WAY, limit, 0).waitMillis shouldBe 30_000
            now += 30.seconds.inWholeMicroseconds
            limits.ask(WAY, limit, 100).isGranted shouldBe true
            limits.settle(WAY, large, 5_000)
            now += 60.seconds.inWholeMicroseconds
            limits.ask(WAY, limit, 100).isGranted shouldBe true
        }

        test("hundreds in one window are looked through, and forgotten, page by page") {
            val limits = limits()
            val limit = limitOf(tokens = 350)
            repeat(350) {
                limits.ask(WAY, limit, 1).isGranted shouldBe true
                now += 1.milliseconds.inWholeMicroseconds
            }
            for (tokens in listOf(1, 99, 100, 101, 200, 201, 350)) {
                limits.ask(WAY, limit, tokens.toLong()).waitMillis shouldBe 60_000 - 350 + tokens - 1
            }
            now += 60.seconds.inWholeMicroseconds - 100.milliseconds.inWholeMicroseconds
            limits.ask(WAY, limit, 250).isGranted shouldBe true
            now += 60.seconds.inWholeMicroseconds
            limits.ask(WAY, limit, 350).isGranted shouldBe true
            redis
                .ask { hgetall("tandem:limits:{default:$WAY}:tokens") }
                .orEmpty()
                .values
                .map { it.decodeToString() } shouldBe
                listOf("350", "350")
        }

        test("a silence is for all, also where there is no limit, and the longest counts") {
            val one = limits()
            val other = limits()
            val none = limitOf()
            repeat(1_000) { one.ask(WAY, none, 1_000_000).isGranted shouldBe true }
            one.coolDown(WAY, 20_000)
            one.coolDown(WAY, 5_000)
            one.coolDown(WAY, 0)
            other.ask(WAY, none, 1).waitMillis shouldBe 20_000
            other.ask("openai gpt-4o-mini", none, 1).isGranted shouldBe true
            now += 20.seconds.inWholeMicroseconds
            other.ask(WAY, none, 1).isGranted shouldBe true
        }

        test("namespaces and ways have limits of their own") {
            val limit = limitOf(requests = 1)
            for (name in listOf("team-a", "team-b")) {
                limits(name).ask(WAY, limit, 0).isGranted shouldBe true
                limits(name).ask(WAY, limit, 0).isGranted shouldBe false
                limits(name).ask("$WAY:{x}", limit, 0).isGranted shouldBe true
                limits(name).ask("$WAY:{x}", limit, 0).isGranted shouldBe false
            }
        }

        test("all that is written is forgotten by itself, and nothing too early") {
            val limits = limits()
            limits.ask(WAY, limitOf(requests = 5, tokens = 50), 5)
            limits.coolDown(WAY, 30_000)
            val keys = redis.ask { keys("*") }.orEmpty()
            keys shouldHaveSize 3
            for (key in keys) {
                val most = if (key.endsWith("silence")) 30_000L else 61_000L
                redis.ask { pttl(key) }.shouldNotBeNull() shouldBeInRange (most - 10_000)..most
            }
        }

        test("a limit of nothing leaves nothing behind") {
            limits().ask(WAY, limitOf(), 5)
            redis.ask { keys("*") }.orEmpty() shouldHaveSize 0
        }

        test("a server that forgot its programs is told again") {
            val limits = limits()
            limits.ask(WAY, limitOf(requests = 5), 0).isGranted shouldBe true
            redis.ask { scriptFlush() }
            limits.count(limitOf(requests = 5)) shouldBe 4
        }

        test("a clock that is set back makes nobody wait longer than a window, and nothing too much goes") {
            val limits = limits()
            val limit = limitOf(requests = 5)
            limits.count(limit) shouldBe 5
            now -= 60.minutes.inWholeMicroseconds
            limits.ask(WAY, limit, 0).waitMillis shouldBe 60_000
            now += 60.seconds.inWholeMicroseconds
            limits.count(limit) shouldBe 5
        }

        test("a half of the books that was thrown away does no harm") {
            val limits = limits()
            limits.count(limitOf(tokens = 100), 20) shouldBe 5
            redis.ask { del("tandem:limits:{default:$WAY}:grants") }
            limits.count(limitOf(tokens = 100), 20) shouldBe 5
            redis.ask { del("tandem:limits:{default:$WAY}:tokens") }
            limits.ask(WAY, limitOf(requests = 5, tokens = 100), 20).waitMillis shouldBe 60_000
        }

        test("arguments that make no sense are named") {
            val limits = limits()
            shouldThrow<IllegalArgumentException> { limits.ask(WAY, limitOf(), -1) }.message shouldBe
                "tokens must not be negative, but are -1"
            shouldThrow<IllegalArgumentException> { limits.coolDown(WAY, -1) }.message shouldBe "millis must not be negative, but are -1"
            shouldThrow<IllegalArgumentException> { limits.settle(WAY, SharedTurn.after(5), 1) }
                .message shouldBe "only a turn that was granted can be settled, but this is SharedTurn(not within 5 ms)"
        }
    })
