package dev.tandem.testing

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.contentOrNull

/**
 * A provider's batches on a [FakeServer], which remember what they were told: `server.answering(play::answer)`. Nothing moves until
 * the test says so. Results come last to first: clients must go by their names.
 */
public abstract class BatchPlay internal constructor() {
    /** Guarded by this object, as is all that follows. */
    private val refusals = mutableListOf<Pair<String, Reply>>()
    private val mishaps = mutableListOf<Pair<String, (Reply) -> Reply>>()
    internal val kept: MutableMap<String, PlayedBatch> = linkedMapOf()

    /** Of these requests of each batch there is neither an answer nor an error. */
    @Volatile public var lost: Set<Int> = emptySet()

    /** How many batches one page of the list holds at most. */
    @Volatile public var pageSize: Int = Int.MAX_VALUE

    /** The clock of this server. */
    @Volatile public var nowMillis: () -> Long = System::currentTimeMillis

    /** The ids of all batches, the first one first. */
    public val batches: List<String> get() = synchronized(this) { kept.keys.toList() }

    /** What the server says to [request]. */
    public fun answer(request: FakeRequest): Reply = synchronized(this) {
        taken(refusals, request) ?: taken(mishaps, request).let { change -> serve(request).let { change?.invoke(it) ?: it } }
    }

    /** The next requests whose method and path hold [path], such as `POST /v1/batches`, get one of [replies] each, and do nothing. */
    public fun refuse(path: String, vararg replies: Reply): Unit = synchronized(this) { replies.forEach { refusals += path to it } }

    /** The next request whose method and path hold [path] is done, and gets what [change] makes of the reply: nothing, or half of it. */
    public fun spoil(path: String, change: (Reply) -> Reply): Unit = synchronized(this) { mishaps += path to change }

    /** The bodies of the requests in [batch]. */
    public fun requestsOf(batch: String): List<String> = synchronized(this) { theBatch(batch).requests.map { it.second.toString() } }

    /** The provider has begun with [batch]. */
    public abstract fun begin(batch: String)

    /** Each request of [batch] gets the status and the body of what [answer] makes of its own. */
    public fun complete(batch: String, answer: (body: String) -> Reply): Unit = end(batch, PlayedBatch.End.COMPLETED, Int.MAX_VALUE, answer)

    /** The same; the answers are what was asked. */
    public fun complete(batch: String): Unit = complete(batch, ::echo)

    /** The first requests of [batch] were [answered], and the time is over. */
    public fun expire(batch: String, answered: Int): Unit = end(batch, PlayedBatch.End.EXPIRED, answered, ::echo)

    /** The first requests of [batch] were [answered], and the others are cancelled. */
    public fun endCancelled(batch: String, answered: Int): Unit = end(batch, PlayedBatch.End.CANCELLED, answered, ::echo)

    internal abstract fun serve(request: FakeRequest): Reply

    internal abstract fun say(text: String): Reply

    private fun end(batch: String, end: PlayedBatch.End, answered: Int, answer: (String) -> Reply): Unit = synchronized(this) {
        theBatch(batch).let {
            it.end = end
            it.answers = it.requests.take(answered).map { (_, body) -> answer(body.toString()) }
        }
    }

    internal fun theBatch(id: String): PlayedBatch = checkNotNull(kept[id]) { "there is no batch $id, but there are ${kept.keys}" }

    private fun echo(body: String): Reply {
        val said = (Json.parseToJsonElement(body) as JsonObject).let { it["messages"] ?: it["input"] }
        return say(((said as? JsonArray)?.last() as? JsonObject)?.get("content")?.let(::textOf).orEmpty())
    }

    private fun textOf(json: JsonElement): String = when (json) {
        is JsonPrimitive -> json.contentOrNull.orEmpty()
        is JsonArray -> json.joinToString("", transform = ::textOf)
        is JsonObject -> json["text"]?.let(::textOf).orEmpty()
    }

    private fun <T> taken(from: MutableList<Pair<String, T>>, request: FakeRequest): T? {
        val found = from.firstOrNull { it.first in "${request.method} ${request.path}" } ?: return null
        from -= found
        return found.second
    }
}
