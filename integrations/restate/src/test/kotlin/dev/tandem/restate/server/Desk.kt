package dev.tandem.restate.server

import dev.tandem.testing.FakeRequest
import dev.tandem.testing.FakeServer
import dev.tandem.testing.OpenAiReplies
import dev.tandem.testing.Reply
import java.util.concurrent.TimeUnit
import java.util.concurrent.locks.ReentrantLock
import kotlin.concurrent.withLock

/** Answers what it is asked, always the same, and knows by whom. */
class Desk : AutoCloseable {
    private val server = FakeServer.start().answering(::answer)
    private val lock = ReentrantLock()
    private val changed = lock.newCondition()

    /** By step, the last part of the addresses at which it was asked for. Guarded by [lock], as are those below. */
    private val asked = HashMap<String, ArrayList<String>>()
    private val held = HashSet<String>()
    private var last = Int.MAX_VALUE
    val url: String get() = server.url

    fun asked(): Map<String, List<String>> = lock.withLock { asked.mapValues { it.value.toList() } }

    /** From the moment that [steps] different ones have been asked for, nobody gets an answer. */
    fun holdAt(steps: Int) = lock.withLock {
        last = steps
        changed.signalAll()
    }

    /** Until [who] asks and gets no answer. */
    fun awaitHeld(who: String) = lock.withLock {
        var nanos = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)
        while (who !in held) {
            check(nanos > 0) { "$who has not asked for one more of $last steps, only for ${asked.keys}" }
            nanos = changed.awaitNanos(nanos)
        }
    }

    private fun answer(request: FakeRequest): Reply {
        val who = request.path.removeSuffix("/chat/completions").substringAfterLast('/')
        val step = checkNotNull(STEP.find(request.body)) { "nobody knows what this is: ${request.body}" }.groupValues[1]
        lock.withLock {
            asked.getOrPut(step) { ArrayList() } += who
            while (asked.size >= last) {
                held += who
                changed.signalAll()
                changed.await()
            }
        }
        return OpenAiReplies.chat("$step:${request.body.hashCode().toUInt().toString(16)}")
    }

    override fun close() {
        holdAt(Int.MAX_VALUE)
        server.close()
    }

    private companion object {
        const val PATIENCE_SECONDS = 60L
        val STEP = Regex("ask (\\S+) of ")
    }
}
