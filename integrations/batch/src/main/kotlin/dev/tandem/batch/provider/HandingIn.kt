package dev.tandem.batch.provider

import dev.tandem.error.AiException
import dev.tandem.error.ConnectionRefusedException
import dev.tandem.error.HostNotFoundException
import dev.tandem.error.NotFoundException
import dev.tandem.error.NotSentException
import dev.tandem.error.OverloadedException
import dev.tandem.error.RejectedException
import dev.tandem.error.ServerException
import dev.tandem.error.TlsException
import kotlinx.coroutines.flow.filter
import kotlinx.coroutines.flow.takeWhile
import kotlinx.coroutines.flow.toList
import kotlinx.serialization.json.JsonObject
import java.util.concurrent.ConcurrentHashMap

/** Makes each batch once, and finds those again that were made and not heard of. */
internal class HandingIn(private val desk: Desk, private val wire: BatchWire) {
    /** Batches whose intents are known, and the keys of these. */
    private val known = ConcurrentHashMap<String, String>()

    fun learn(ticket: Ticket) {
        known[ticket.id] = ticket.key
    }

    suspend fun submit(intent: Intent, requests: List<WrittenRequest>): Ticket {
        val making = reached { wire.making(intent, requests) }.once()
        var failures = 0
        while (true) {
            try {
                return ticketOf(intent, reached { desk.send(making) })
            } catch (e: AiException) {
                if (mayBeMade(e)) findAfter(e, intent)?.let { return it }
                if (!e.isRetryable || ++failures > MOST_FAILURES) throw e
                desk.pause(failures, e.retryAfter)
            }
        }
    }

    suspend fun find(intent: Intent): Ticket? {
        var open = desk.patiently { candidates(intent) }
        var looks = 0
        while (open.isNotEmpty()) {
            val undecided = open.filter { batch ->
                val isIt = desk.patiently { wire.isOf(intent, batch) }
                if (isIt == true) return ticketOf(intent, batch)
                isIt == null
            }
            if (undecided.isNotEmpty()) desk.pause(looks++)
            open = undecided.map { desk.patiently { desk.get("${wire.path}/${desk.idOf(it)}") } }
        }
        return null
    }

    private suspend fun findAfter(failure: AiException, intent: Intent): Ticket? = try {
        find(intent)
    } catch (e: AiException) {
        throw e.apply { addSuppressed(failure) }
    }

    /** Lists begin with the newest, but nobody promises that. */
    private suspend fun candidates(intent: Intent): List<JsonObject> {
        var older = 0
        return desk
            .list("${wire.path}?limit=$PAGE")
            .takeWhile { batch ->
                older = if (isOlder(batch, intent)) older + 1 else 0
                older < PAGE
            }.filter { !isOlder(it, intent) && mayBeOf(it, intent) }
            .toList()
    }

    private fun isOlder(batch: JsonObject, intent: Intent) = (wire.madeAtMillis(batch) ?: Long.MAX_VALUE) < intent.atMillis - SKEW_MILLIS

    private fun mayBeOf(batch: JsonObject, intent: Intent) = (known[batch.textOrNull("id").orEmpty()] ?: intent.key) == intent.key

    private fun ticketOf(intent: Intent, batch: JsonObject) = Ticket(desk.provider, desk.idOf(batch), intent.key, intent.size).also(::learn)

    /** A client that was not heard, or was refused, has made nothing. Gateways say 503 of a server that they have lost meanwhile. */
    private fun mayBeMade(failure: AiException): Boolean = when (failure) {
        is ConnectionRefusedException, is HostNotFoundException, is TlsException, is NotSentException -> false
        is ServerException -> true
        is OverloadedException -> failure.status == UNAVAILABLE
        is RejectedException -> false
        else -> true
    }

    private suspend fun <T> reached(ask: suspend () -> T): T = try {
        ask()
    } catch (e: NotFoundException) {
        throw desk.notSupported("there are no batches at this address, but at ${Desk.HAVE_THEM}: ${e.message}").apply { addSuppressed(e) }
    }

    private companion object {
        const val MOST_FAILURES = 4
        const val UNAVAILABLE = 503

        /** In one page of a list. */
        const val PAGE = 100

        /** What two clocks may differ by. */
        const val SKEW_MILLIS = 3_600_000L
    }
}
