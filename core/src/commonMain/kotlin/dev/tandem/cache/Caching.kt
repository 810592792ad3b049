package dev.tandem.cache

import dev.tandem.model.Options
import dev.tandem.model.Timer
import dev.tandem.pipeline.Call
import dev.tandem.pipeline.CallEvent
import dev.tandem.pipeline.Middleware
import dev.tandem.pipeline.Next
import dev.tandem.pipeline.answerOf
import dev.tandem.platform.holding
import dev.tandem.platform.platform
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.emitAll
import kotlinx.coroutines.flow.flow
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.jsonObject

/** Answers a call with what is kept, or else makes it once for all who ask the same at the same time, and keeps the answer. */
internal class Caching(private val settings: Cache, private val scope: CoroutineScope) : Middleware {
    /** Guarded by the lock, and so is how many of them are over. */
    private val flights = HashMap<Any, Flight<Any?>>()
    private var landed = 0L
    private val lock = platform.newLock()

    /** One in memory never waits, so nobody has to watch it. */
    private val patience = settings.patience.takeUnless { settings.store is MemoryCache }

    override fun <T> around(call: Call<T>, next: Next): Flow<T> {
        if (call.request.options.caching == false) return next.proceed(call)
        val key = keyOf(call) ?: return next.proceed(call)
        return flow {
            val before = lock.holding { landed }
            val kept = kept(key, call)
            if (kept != null) {
                kept.forEach { emit(itemOf(it)) }
            } else {
                val reader = board(key, call, next, before)
                reader.readTo({ emit(itemOf(it)) }) { item ->
                    if (answerOf(item) != null) call.tell(CallEvent.CacheHit)
                    cachedOf(item)
                }
            }
        }
    }

    /** Into the flight that is under way, or a new one. Since [before] flights were over, the store may know what it did not. */
    private fun <T> board(key: String, call: Call<T>, next: Next, before: Long): Flight<Any?>.Reader {
        val company = companyOf(key, call.request.options)
        var mine: Flight<Any?>? = null
        var looksAgain = false
        val reader = lock.holding {
            flights[company]?.join() ?: run {
                val flight = Flight<Any?>(settings.maxEntryBytes) { weightOf(it) }
                flights[company] = flight
                mine = flight
                looksAgain = landed != before
                checkNotNull(flight.join())
            }
        }
        mine?.let { flight ->
            flight.begin(
                scope,
                source(key, call, next, looksAgain),
                whenWhole = { keep(key, call, it) },
                whenOver = { lock.holding { landed(company, flight) } },
            )
        }
        return reader
    }

    /** Who may fly together: those who ask the same, would pay for it alike, and have the same bounds but for their own time. */
    private fun companyOf(key: String, options: Options): Any {
        val timers = if (Timer.TOTAL in options.timers) options.timers - Timer.TOTAL else options.timers
        return listOf(key, options.tags, timers, options.maxEventBytes)
    }

    private fun landed(company: Any, flight: Flight<Any?>) {
        landed++
        if (flights[company] === flight) flights -= company
    }

    private fun source(key: String, call: Call<*>, next: Next, looksAgain: Boolean): Flow<Any?> = flow {
        val kept = if (looksAgain) kept(key, call) else null
        if (kept == null) emitAll(next.proceed(call.withoutEnd())) else kept.forEach { emit(it) }
    }

    /** The items of an answer. One that cannot be read is none. */
    private suspend fun kept(key: String, call: Call<*>): List<Any>? = trying(call) {
        settings.store.get(key)?.let { Kept(Json.parseToJsonElement(it.decodeToString()).jsonObject).items() }
    }?.also { call.tell(CallEvent.CacheHit) }

    private suspend fun keep(key: String, call: Call<*>, items: List<Any?>) {
        if (!isWorthKeeping(items.lastOrNull(), call.request.options.responseFormat)) return
        val kept = keptOf(items) ?: return
        // Its toString makes a text of each part.
        val bytes = Json.encodeToString(JsonElement.serializer(), kept).encodeToByteArray()
        if (bytes.size <= settings.maxEntryBytes) trying(call) { settings.store.put(key, bytes, settings.ttlMillis) }
    }

    private suspend fun <R : Any> trying(call: Call<*>, work: suspend () -> R?): R? = call.trying(settings.store, patience, work)

    @Suppress("UNCHECKED_CAST")
    private fun <T> itemOf(item: Any?) = item as T
}
