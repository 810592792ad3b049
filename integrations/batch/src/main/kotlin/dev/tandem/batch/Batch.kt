package dev.tandem.batch

import dev.tandem.AiClient
import dev.tandem.batch.provider.Pauses
import dev.tandem.batch.provider.PieceSize
import dev.tandem.model.TandemDsl
import dev.tandem.resilience.Concurrency
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.asFlow
import kotlinx.coroutines.flow.toList
import java.nio.file.Path
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.TimeSource

/**
 * One task for many items, and how it is run. Limits, retries, cache and budget are the client's. What fails is a value among the
 * results; with a [journal][Builder.journal] a run goes on where an earlier one ended, however that came.
 *
 * Memory is bounded however many items there are; a journal takes 12 to 24 bytes for each.
 */
public class Batch<T, R> private constructor(private val ai: AiClient, private val task: BatchTask<T, R>, from: Builder<T, R>) {
    private val settings = from.toSettings()

    init {
        val whyNot = task.whyNoJournal
        require(settings.journal == null || whyNot == null) { "this task can have no journal: $whyNot" }
    }

    /**
     * What becomes of [items], one result for each. Cold: nothing is read before it is collected. A slow collector holds the work up;
     * one that has enough cancels what is under way. What an earlier run did is among the results. Ends with the input, or with a
     * [BatchStoppedException], or with what the input itself throws, or with a
     * [JournalException][dev.tandem.journal.JournalException].
     */
    public fun run(items: Flow<T>): Flow<BatchResult<T, R>> = run(items, settings)

    /** The same; where [items] is a collection, it is known how many there are. */
    public fun run(items: Iterable<T>): Flow<BatchResult<T, R>> = run(items.asFlow(), counted(items))

    /** The same as a list, in the order of [items], when all of them are over. */
    public suspend fun completeBatch(items: Iterable<T>): List<@JvmSuppressWildcards BatchResult<T, R>> =
        run(items.asFlow(), counted(items).ordered()).toList()

    override fun toString(): String = "Batch(${settings.concurrency})"

    /** The same, with [output] when it is over. */
    internal fun run(items: Flow<T>, total: Long, output: Output<T>): Flow<BatchResult<T, R>> =
        run(items, settings.total(total).output(output))

    private fun run(items: Flow<T>, settings: Settings<T>): Flow<BatchResult<T, R>> = Run.results(ai, task, settings, items)

    private fun counted(items: Iterable<T>) = settings.total(settings.total ?: (items as? Collection<T>)?.size?.toLong())

    /** How a batch is run. */
    @TandemDsl
    public class Builder<T, R> internal constructor(private val ai: AiClient, private val task: BatchTask<T, R>) {
        private var atOnce = Concurrency.atMost(AT_ONCE)
        private var key: ((T) -> String?)? = null
        private var configuration: String? = null
        private var listener: ProgressListener? = null
        private var listenEvery = LISTEN_EVERY.milliseconds
        private var pieceSize = PieceSize.DEFAULT
        private var piecesAtOnce = PIECES
        private var pauses = Pauses.DEFAULT
        private var endsOn: ((Throwable) -> Boolean)? = null
        internal var clock: TimeSource = TimeSource.Monotonic

        /** How many items are under way at the same time; 16 unless set. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var concurrency: Int
            get() = atOnce.limit
            set(value) {
                atOnce = Concurrency.atMost(value)
            }

        /** The file that remembers what is done. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var journal: Path? = null

        /** What becomes of items that failed in an earlier run; they are tried again unless set. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var afterFailure: AfterFailure = AfterFailure.RETRY

        /** Whether results come in the order of the input, each when it and all before it are there; as they come unless set. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var ordered: Boolean = false

        /** How many items there are, for [BatchProgress]; known of collections. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var total: Long? = null

        /** Ends the run from outside. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var stop: BatchStop? = null

        /** By which way items come to the model; each by a call of its own unless set. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var mode: BatchMode = BatchMode.CALLS

        /** By which way items come to the model. */
        public fun mode(mode: BatchMode): Builder<T, R> = apply { this.mode = mode }

        /** For [BatchMode.PROVIDER]: how much goes into one of its batches, and how many of them there are at once; 2,000 items and 10 unless set. */
        public fun pieces(size: PieceSize, atOnce: Int): Builder<T, R> = apply {
            require(atOnce >= 1) { "there must be at least 1 piece at once, but is $atOnce" }
            pieceSize = size
            piecesAtOnce = atOnce
        }

        /** For [BatchMode.PROVIDER]: how often it is asked how far it is. */
        public fun pauses(pauses: Pauses): Builder<T, R> = apply { this.pauses = pauses }

        /** How many items are under way at the same time; 16 unless set. */
        public fun concurrency(items: Int): Builder<T, R> = apply { concurrency = items }

        /** The same; [Concurrency.adaptive] has as many as the provider bears. */
        public fun concurrency(items: Concurrency): Builder<T, R> = apply { atOnce = items }

        /**
         * The file that remembers what is done, one at a time for each run. A run with the same file does not do it again, so it goes
         * on where another one ended. Made if it is not there.
         */
        public fun journal(file: Path?): Builder<T, R> = apply { journal = file }

        /** What becomes of items that failed in an earlier run. */
        public fun afterFailure(what: AfterFailure): Builder<T, R> = apply { afterFailure = what }

        /**
         * Names an item in the journal. Without one, or where it gives null, its content does, as far as the task knows it: texts,
         * requests. Where both are known, an item with the key of another content is done anew.
         */
        public fun key(key: (T) -> String?): Builder<T, R> = apply { this.key = key }

        /** For the journal: what else shapes the results, such as the version of a prompt. Another one needs another journal. */
        public fun configuration(text: String?): Builder<T, R> = apply { configuration = text }

        /** Whether results come in the order of the input. */
        public fun ordered(isOrdered: Boolean): Builder<T, R> = apply { ordered = isOrdered }

        /** How many items there are, for [BatchProgress]; known of collections. */
        public fun total(items: Long?): Builder<T, R> = apply {
            require(items == null || items >= 0) { "total must not be negative, but is $items" }
            total = items
        }

        /** Hears twice a second how far it is, and at the end. */
        public fun progress(listener: ProgressListener): Builder<T, R> = apply { this.listener = listener }

        /** The same as often as you like. */
        public fun progressEveryMillis(millis: Long): Builder<T, R> = apply {
            require(millis >= 1) { "progressEveryMillis must be at least 1, but is $millis" }
            listenEvery = millis.milliseconds
        }

        /** Ends the run from outside. */
        public fun stop(stop: BatchStop?): Builder<T, R> = apply { this.stop = stop }

        /**
         * After which failure of an item the whole run ends, since the others would fail alike: that item and what was not begun are
         * left to the next run. Unless set, with a journal that is a refused key, a used-up quota or budget; without one no failure
         * is, so that each item has its result.
         */
        public fun endOn(failure: (Throwable) -> Boolean): Builder<T, R> = apply { endsOn = failure }

        /** Throws [IllegalArgumentException] where there is a journal, and the task can have none. */
        public fun build(): Batch<T, R> = Batch(ai, task, this)

        internal fun toSettings() = Settings(
            concurrency = atOnce,
            isOrdered = ordered,
            key = key,
            journal = journal,
            afterFailure = afterFailure,
            configuration = configuration,
            total = total,
            listener = listener,
            listenEvery = listenEvery,
            stop = stop,
            endsOn = endsOn ?: if (journal == null) { _ -> false } else Ending::isHopeless,
            clock = clock,
            mode = mode,
            pieceSize = pieceSize,
            piecesAtOnce = piecesAtOnce,
            pauses = pauses,
        )
    }

    public companion object {
        private const val AT_ONCE = 16
        private const val PIECES = 10
        private const val LISTEN_EVERY = 500

        /** [ai] stays yours to close. */
        @JvmStatic
        public fun <T, R> builder(ai: AiClient, task: BatchTask<T, R>): Builder<T, R> = Builder(ai, task)

        /** As it comes: 16 at once, no journal. */
        @JvmStatic
        public fun <T, R> of(ai: AiClient, task: BatchTask<T, R>): Batch<T, R> = builder(ai, task).build()
    }
}
