package dev.tandem.engine.httpcore.wire

import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.property.Arb
import io.kotest.property.arbitrary.long
import io.kotest.property.checkAll
import io.ktor.utils.io.readAvailable
import io.ktor.utils.io.readBuffer
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeout
import kotlinx.io.readByteArray
import java.io.IOException
import java.nio.ByteBuffer
import kotlin.random.Random
import kotlin.time.Duration.Companion.seconds

/** One puts in, one takes out, and anyone may give up. */
class BodySpec :
    FunSpec({
        timeout = 120_000

        test("what is put in comes out: all of it before the end, and what came before a failure before that") {
            checkAll(300, Arb.long()) { seed ->
                val random = Random(seed)
                val tap = CountingTap()
                val body = Body(tap)
                val bytes = random.nextBytes(random.nextInt(0, 20_000))
                val failure = IOException("cut off").takeIf { random.nextBoolean() }
                coroutineScope {
                    launch(Dispatchers.Default) { body.put(bytes, Random(seed + 1), failure) }
                    val (out, end) = withContext(Dispatchers.Default) { withTimeout(20.seconds) { body.drain(Random(seed + 2)) } }
                    out.contentEquals(bytes) shouldBe true
                    end shouldBe failure
                }
                tap.isAbandoned shouldBe false
                body.isClosedForRead shouldBe true
                body.closedCause shouldBe failure
            }
        }

        test("whenever a third gives up, the reader ends with a beginning of what was put in, and the tap is told once") {
            checkAll(300, Arb.long()) { seed ->
                val random = Random(seed)
                val tap = CountingTap()
                val body = Body(tap)
                val bytes = random.nextBytes(random.nextInt(1, 20_000))
                val cause = IOException("given up")
                coroutineScope {
                    launch(Dispatchers.Default) { body.put(bytes, Random(seed + 1), failure = null) }
                    launch(Dispatchers.Default) {
                        repeat(random.nextInt(0, 200)) { Thread.yield() }
                        body.cancel(cause)
                        body.cancel(IOException("too late"))
                    }
                    val (out, end) = withContext(Dispatchers.Default) { withTimeout(20.seconds) { body.drain(Random(seed + 2)) } }
                    out.contentEquals(bytes.copyOf(out.size)) shouldBe true
                    if (end == null) out.size shouldBe bytes.size else end shouldBe cause
                    tap.isAbandoned shouldBe (end != null)
                }
            }
        }

        test("the tap hears what has come and what was taken, until the end") {
            val tap = CountingTap()
            val body = Body(tap)
            body.offer(ByteArray(5), 1, 4)
            body.offer(ByteBuffer.wrap(ByteArray(2)))
            tap.arrived shouldBe -1
            body.flush()
            tap.arrived shouldBe 5
            body.readAvailable(ByteArray(3)) shouldBe 3
            tap.taken shouldBe 5
            body.offer(ByteArray(9), 0, 9)
            body.end()
            body.flush()
            body.readBuffer().readByteArray().size shouldBe 11
            tap.taken shouldBe 5
            tap.arrived shouldBe 5
        }

        test("a reader who asks again before he has read takes nothing more: what he leaves piles up, and stops the server") {
            val tap = CountingTap()
            val body = Body(tap)
            body.offer(ByteArray(5), 0, 5)
            body.awaitContent(1) shouldBe true
            body.offer(ByteArray(7), 0, 7)
            body.awaitContent(1) shouldBe true
            body.flush()
            tap.taken shouldBe 5
            tap.arrived shouldBe 7
            body.awaitContent(6) shouldBe true
            tap.taken shouldBe 12
        }

        test("a reader that is cancelled while it waits leaves the body to the next") {
            val body = Body(CountingTap())
            coroutineScope { launch(start = CoroutineStart.UNDISPATCHED) { body.awaitContent(1) }.cancelAndJoin() }
            val next = async(start = CoroutineStart.UNDISPATCHED) { body.awaitContent(1) }
            body.offer(byteArrayOf(1), 0, 1)
            body.flush()
            next.await() shouldBe true
        }

        test("less than was asked for is no content, and stays") {
            val body = Body(CountingTap())
            body.offer(byteArrayOf(1, 2), 0, 2)
            body.end()
            body.awaitContent(3) shouldBe false
            body.isClosedForRead shouldBe false
            body.readBuffer().readByteArray().toList() shouldBe listOf<Byte>(1, 2)
            body.awaitContent(1) shouldBe false
            body.isClosedForRead shouldBe true
        }

        test("the first of two ends counts") {
            val ended = Body(CountingTap()).apply { end() }
            ended.fail(IOException("late"))
            ended.cancel(null)
            ended.awaitContent(1) shouldBe false
            val failed = Body(CountingTap()).apply { fail(IOException("first")) }
            failed.fail(IOException("second"))
            shouldThrow<IOException> { failed.awaitContent(1) }.message shouldBe "first"
            val cancelled = Body(CountingTap()).apply { cancel(null) }
            cancelled.fail(IOException("late"))
            shouldThrow<CancellationException> { cancelled.awaitContent(1) }
        }
    })

/** In pieces of random sizes; flushes now and then, and at the end. */
private fun Body.put(bytes: ByteArray, random: Random, failure: IOException?) {
    var at = 0
    while (at < bytes.size) {
        val end = minOf(bytes.size, at + random.nextInt(1, 2_000))
        if (random.nextBoolean()) offer(bytes, at, end) else offer(ByteBuffer.wrap(bytes, at, end - at))
        at = end
        if (random.nextBoolean()) flush()
    }
    if (failure == null) end() else fail(failure)
}

/** All that comes in reads of random sizes, and the failure after it. */
private suspend fun Body.drain(random: Random): Pair<ByteArray, Throwable?> {
    val all = java.io.ByteArrayOutputStream()
    try {
        while (true) {
            val some = ByteArray(random.nextInt(1, 3_000))
            val count = readAvailable(some)
            if (count < 0) return all.toByteArray() to closedCause
            all.write(some, 0, count)
        }
    } catch (e: IOException) {
        return all.toByteArray() to e
    }
}

private class CountingTap : Body.Tap {
    @Volatile var arrived = -1L

    @Volatile var taken = 0L

    @Volatile var isAbandoned = false

    override fun arrived(waiting: Long) {
        arrived = waiting
    }

    override fun taken(count: Long) {
        taken += count
    }

    override fun abandon() {
        check(!isAbandoned) { "abandoned twice" }
        isAbandoned = true
    }
}
