package dev.tandem.mvstore

import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.types.shouldBeInstanceOf
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import java.util.concurrent.CountDownLatch
import java.util.concurrent.Executors
import kotlin.concurrent.thread

/** Who works, and who waits. The clock is read by whoever works on the file, so it can see his thread, and stop him. */
class ThreadsSpec :
    FunSpec({
        test("an event loop has nothing to do with the file") {
            inFolder { folder ->
                val workers = mutableSetOf<Thread>()
                val cache = DiskCache
                    .builder(folder.resolve("answers.mv"))
                    .clock {
                        workers += Thread.currentThread()
                        0
                    }.open()
                workers.clear()
                Executors.newSingleThreadExecutor().asCoroutineDispatcher().use { loop ->
                    withContext(loop) {
                        cache.put("a", byteArrayOf(1), 60_000)
                        cache.get("a") shouldBe byteArrayOf(1)
                        workers.size shouldNotBe 0
                        (Thread.currentThread() in workers) shouldBe false
                    }
                }
                cache.close()
            }
        }

        test("a caller that is cancelled leaves at once, and what it put is kept") {
            inFolder { folder ->
                val clock = StoppingClock()
                DiskCache.builder(folder.resolve("answers.mv")).clock(clock).open().use { cache ->
                    clock.stops = true
                    val caller = launch(start = CoroutineStart.UNDISPATCHED) { cache.put("a", byteArrayOf(1), 60_000) }
                    clock.stopped.await()
                    caller.cancelAndJoin()
                    clock.goOn()
                    cache.get("a") shouldBe byteArrayOf(1)
                }
            }
        }

        test("an interrupt of the caller does not close the file") {
            inFolder { folder ->
                val clock = StoppingClock()
                DiskCache.builder(folder.resolve("answers.mv")).clock(clock).open().use { cache ->
                    cache.put("a", byteArrayOf(1), 60_000)
                    clock.stops = true
                    val failure = CompletableDeferred<Throwable?>()
                    val caller = thread {
                        failure.complete(runCatching { runBlocking { cache.put("b", byteArrayOf(2), 60_000) } }.exceptionOrNull())
                    }
                    clock.stopped.await()
                    caller.interrupt()
                    failure.await().shouldBeInstanceOf<InterruptedException>()
                    clock.goOn()
                    cache.get("a") shouldBe byteArrayOf(1)
                    cache.get("b") shouldBe byteArrayOf(2)
                }
            }
        }

        test("a cache that is closed says so, and may be closed twice") {
            inFolder { folder ->
                val cache = DiskCache.open(folder.resolve("answers.mv"))
                cache.close()
                cache.close()
                shouldThrow<IllegalStateException> { cache.get("a") }.message!! shouldContain "answers.mv is closed"
                shouldThrow<IllegalStateException> { cache.put("a", ByteArray(1), 1) }
            }
        }
    }) {
    /** Holds whoever asks it for the time, once it is told to. */
    private class StoppingClock : () -> Long {
        val stopped = CompletableDeferred<Unit>()
        private val gate = CountDownLatch(1)

        @Volatile var stops = false

        fun goOn() = gate.countDown()

        override fun invoke(): Long {
            if (stops) {
                stopped.complete(Unit)
                gate.await()
            }
            return 0
        }
    }
}
