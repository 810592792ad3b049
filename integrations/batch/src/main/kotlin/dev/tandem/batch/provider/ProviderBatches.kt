package dev.tandem.batch.provider

import dev.tandem.AiClient
import dev.tandem.error.AiException
import dev.tandem.model.ChatRequest
import dev.tandem.model.RawRequest
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.last
import kotlinx.serialization.json.JsonObject
import kotlin.jvm.JvmStatic
import kotlin.time.Duration

/**
 * Chats handed to a provider in batches, which it answers within a day, for half the price. Every step is a call of its own, and can
 * be taken up by another process: what must be remembered for that are an [Intent] before [submit], and a [Ticket] after it.
 *
 * All goes to the client's own provider, by the client's retries, timers and listeners. Its cache, limits, hedging and alternatives
 * are for calls, and pass by what is in a batch; so does the timeout of a request. What a batch has used is told by its answers, and
 * not by what the client says it has spent.
 */
public class ProviderBatches private constructor(private val desk: Desk, private val wire: BatchWire, private val nowMillis: () -> Long) {
    private val handingIn = HandingIn(desk, wire)
    private val collecting = Collecting(desk, wire)

    /** Whose batches they are, as messages name it. */
    public val provider: String get() = desk.provider

    /** The most that the provider takes in one batch. */
    public val most: PieceSize get() = wire.most

    /**
     * [request] as it will lie in a batch: the body is that of a plain call. Sends nothing. Refuses what a batch could not keep:
     * masking, budgets, tools that the client runs, headers of this one request.
     */
    public suspend fun write(request: ChatRequest): WrittenRequest {
        val headers = request.options.headers.keys
        if (headers.isNotEmpty()) throw desk.notSupported("a request in a batch has no headers of its own: set $headers on the client")
        val written = WrittenRequest.of(desk.ai.write(request))
        wire.kindOf(written)
        if (written.bytes > most.bytes) {
            throw desk.failure(TOO_LARGE, null, "the request has ${written.bytes} bytes, and a batch takes ${most.bytes} at most")
        }
        return written
    }

    /**
     * [items] in pieces that may each be one batch: no larger than [size] and [most], and of one model, where that has to be. One
     * piece for each model is open at a time, and handed out when it is full; those that are not full come at the end.
     */
    public fun <T> cut(items: Flow<T>, size: PieceSize, written: (T) -> WrittenRequest): Flow<List<T>> {
        val limit = size.atMost(most)
        return flow {
            val open = LinkedHashMap<String, Piece<T>>()
            items.collect { item ->
                val request = written(item)
                val piece = open.getOrPut(wire.kindOf(request)) { Piece() }
                if (!piece.hasRoom(request.bytes, limit)) emit(piece.taken())
                piece.add(item, request.bytes)
                if (piece.items.size == limit.requests) emit(piece.taken())
            }
            for (piece in open.values) if (piece.items.isNotEmpty()) emit(piece.items)
        }
    }

    /** What is to be remembered before [submit]. [key] is the name of this one attempt: of any characters, 512 of them at most. */
    public fun intend(key: String, size: Int): Intent {
        require(key.isNotBlank() && key.length <= MOST_KEY) { "the key of a batch must have 1 to $MOST_KEY characters, but is '$key'" }
        require(size in 1..most.requests) { "a batch at $provider takes 1 to ${most.requests} requests, but there are $size" }
        return Intent(key, size, nowMillis())
    }

    /**
     * Makes a batch of [requests], whose places are their names from now on. Where no answer says whether it was made, this finds
     * out first, as [find] does, and makes no second one. When this is cut short from outside, it may have been made.
     */
    public suspend fun submit(intent: Intent, requests: List<WrittenRequest>): Ticket {
        require(requests.size == intent.size) { "the intent is for ${intent.size} requests, but there are ${requests.size}" }
        require(requests.distinctBy(wire::kindOf).size == 1) { "these requests cannot lie in one batch: cut(…) parts them" }
        return handingIn.submit(intent, requests)
    }

    /**
     * The batch that came of [intent], or null where there is none: then it may be submitted again. Of [others] it is known that they
     * are not it. OpenAI keeps the key with the batch. At Anthropic only the results of a batch tell whose it is, when it has ended; so
     * this looks at batches of that size that were made since, and may wait for as long as one takes.
     */
    public suspend fun find(intent: Intent, others: Collection<Ticket>): Ticket? {
        others.forEach(handingIn::learn)
        return handingIn.find(intent)
    }

    /** Asks once how the batch is. */
    public suspend fun look(ticket: Ticket): BatchState = wire.stateOf(batchOf(ticket))

    /** Asks again and again, with longer and longer [Pauses], until the batch has ended: the last state is the one it ended in. */
    public fun watch(ticket: Ticket): Flow<BatchState> = flow {
        var looks = 0
        while (true) {
            val state = desk.patiently { look(ticket) }
            emit(state)
            if (state.isEnded) break
            desk.pause(looks++)
        }
    }

    /** The state that the batch has ended in. */
    public suspend fun await(ticket: Ticket): BatchState = watch(ticket).last()

    /**
     * What became of each request of a batch that has ended, in any order: every place once. Where the provider has lost both answer
     * and error, that is an [EmptyResponseException][dev.tandem.error.EmptyResponseException]. Where the results break off, this ends
     * with an [IncompleteStreamException][dev.tandem.error.IncompleteStreamException]: ask again. A batch that was not taken at all
     * throws why.
     */
    public fun results(ticket: Ticket): Flow<BatchAnswer> = flow { collecting.collect(ticket, batchOf(ticket), this) }

    /** The batch is to end, and does so in its own time: [await] it. What was answered before can be had, and is to be paid for. */
    public suspend fun cancel(ticket: Ticket): BatchState {
        val before = look(ticket)
        if (before.isEnded) return before
        return try {
            wire.stateOf(desk.send(RawRequest.of("POST", "${wire.path}/${ticket.id}/cancel", null).once()))
        } catch (e: AiException) {
            // It may have ended meanwhile, or have heard although it did not answer.
            look(ticket).takeIf { it.isEnded || it.phase == BatchState.Phase.CANCELLING } ?: throw e
        }
    }

    override fun toString(): String = "ProviderBatches($provider)"

    private suspend fun batchOf(ticket: Ticket): JsonObject {
        require(ticket.provider == provider) { "this ticket is from ${ticket.provider}, and this client speaks to $provider" }
        handingIn.learn(ticket)
        return desk.get("${wire.path}/${ticket.id}")
    }

    public companion object {
        private const val MOST_KEY = 512
        private const val TOO_LARGE = 413

        /** Their batches have another shape than OpenAI's, or they have none. Whoever is not known here may have them. */
        private val WITHOUT = setOf(
            "gemini",
            "ollama",
            "locallab",
            "replicate",
            "llama",
            "deepseek",
            "mistral",
            "perplexity",
            "xai",
            "ai21",
            "openrouter",
            "fireworks",
            "together",
            "bytedance",
            "huggingface",
        )

        /** With the pauses of [Pauses.DEFAULT]. [ai] stays yours to close. */
        @JvmStatic
        public fun of(ai: AiClient): ProviderBatches = of(ai, Pauses.DEFAULT)

        /** Throws [NotSupportedException][dev.tandem.error.NotSupportedException] where the provider is known to have none. */
        @JvmStatic
        public fun of(ai: AiClient, pauses: Pauses): ProviderBatches = of(ai, pauses, System::currentTimeMillis, ::delay)

        /** By the last two a test has its own time. */
        internal fun of(ai: AiClient, pauses: Pauses, nowMillis: () -> Long, wait: suspend (Duration) -> Unit): ProviderBatches {
            val desk = Desk(ai, pauses, wait)
            if (ai.provider in WITHOUT) throw desk.notSupported("there are no batches here that are known of, but at ${Desk.HAVE_THEM}")
            return ProviderBatches(desk, if (ai.provider == "anthropic") AnthropicBatches(desk) else OpenAiBatches(desk), nowMillis)
        }
    }
}
