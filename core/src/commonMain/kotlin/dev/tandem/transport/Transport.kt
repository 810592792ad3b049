package dev.tandem.transport

import dev.tandem.error.ErrorDetails
import dev.tandem.platform.EngineRequest
import dev.tandem.platform.Phases
import io.ktor.client.engine.HttpClientEngine
import io.ktor.http.Url
import kotlinx.coroutines.CancellationException
import kotlin.concurrent.Volatile

/** HTTP over a Ktor engine: one exchange at a time, every failure typed. Closing it leaves the engine alone. */
internal class Transport(engine: HttpClientEngine) {
    private val sender = senderTo(engine)

    /** The one used last, by its text: nearly always it is the next one as well. */
    @Volatile private var lastUrl: Pair<String, Url>? = null

    /** [read] gets a successful answer while its body is still on the way; when it is done the connection is freed. */
    suspend fun <T> exchange(call: HttpCall, read: suspend (Answer) -> T): T {
        val alarm = Alarm(call)
        return alarm.during { exchange(call, alarm, read) }
    }

    private suspend fun <T> exchange(call: HttpCall, alarm: Alarm, read: suspend (Answer) -> T): T {
        val timer = PhaseTimer(call, alarm)
        var hasHead = false
        return try {
            sender.send(requestOf(call, timer)) { received ->
                timer.dispose()
                hasHead = true
                val answer = Answer(received, call, alarm)
                if (received.status !in SUCCESS) throw rejectionOf(answer)
                read(answer)
            }
        } catch (e: Throwable) {
            if (e is Error) throw e
            alarm.ensureCaller()
            // What comes out of read is typed already, or none of our business: it may be the caller's own.
            if (hasHead && e !is CancellationException) throw e
            // Whatever a connection says that we have just cut ourselves; and Ktor takes a cancellation for its reason.
            alarm.ensureGoingOn()
            if (hasHead) throw e
            throw breakdown(e, "could not reach", call, ErrorDetails.builder().provider(call.provider))
        } finally {
            timer.dispose()
        }
    }

    private fun requestOf(call: HttpCall, timer: PhaseTimer) =
        EngineRequest(call.method, parsed(call.url), call.headers, call.body, Phases(timer::enter), call.isOnce)

    private fun parsed(url: String): Url {
        lastUrl?.let { (text, parsed) -> if (text == url) return parsed }
        return Url(url).also { lastUrl = url to it }
    }

    fun close() = sender.close()

    private companion object {
        val SUCCESS = 200..299
    }
}
