package dev.tandem.batch

import dev.tandem.model.Usage
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds

/** What became of one item: [Done] or [Failed]. */
public sealed class BatchResult<out T, out R>(
    /** As it came from the input. */
    public val item: T,
    /** Where the item was in the input, from 0. */
    public val index: Long,
    /** The item's name in the journal; "" without one. */
    public val key: String,
    /** What it took. */
    public val effort: Effort,
) {
    /** The answer; null where there is none. */
    public abstract val valueOrNull: R?

    /** Why there is no answer; null where there is one. An [AiException][dev.tandem.error.AiException] where a call failed. */
    public abstract val errorOrNull: Throwable?

    /** Whether there is an answer. */
    public val isDone: Boolean get() = this is Done

    /** The answer, or what [errorOrNull] is, thrown. */
    public abstract fun orThrow(): R

    /**
     * It has its answer.
     *
     * @property value the answer.
     */
    public class Done<out T, out R> internal constructor(item: T, index: Long, key: String, public val value: R, effort: Effort) :
        BatchResult<T, R>(item, index, key, effort) {
            override val valueOrNull: R get() = value
            override val errorOrNull: Throwable? get() = null

            override fun orThrow(): R = value

            override fun toString(): String = "Done($index${named()})"
        }

    /**
     * It has no answer, whatever was tried.
     *
     * @property error why.
     */
    public class Failed<out T> internal constructor(item: T, index: Long, key: String, public val error: Throwable, effort: Effort) :
        BatchResult<T, Nothing>(item, index, key, effort) {
            override val valueOrNull: Nothing? get() = null
            override val errorOrNull: Throwable get() = error

            override fun orThrow(): Nothing = throw error

            override fun toString(): String = "Failed($index${named()}, ${error::class.simpleName})"
        }

    internal fun named() = if (key.isEmpty()) "" else " $key"

    /** What the calls for an item took, as far as they were made by coroutines or are the task's own. */
    public class Effort internal constructor(
        /** Zero where the cache had it. */
        public val usage: Usage,
        /** In US dollars; null where a price is not known. */
        public val usd: Double?,
        /** How often a call was tried again. */
        public val retries: Int,
        /** Nothing was sent: the client's cache had all of it. */
        public val isCached: Boolean,
        /** An earlier run did it; this one only read the journal. */
        public val isResumed: Boolean,
        /** From its beginning to its end, pauses included; of one that an earlier run did, what it took there. */
        @get:JvmSynthetic public val took: Duration,
    ) {
        /** [took] in milliseconds. */
        public val tookMillis: Long get() = took.inWholeMilliseconds

        override fun toString(): String = "Effort($took, $usage)"

        internal companion object {
            fun resumed(usage: Usage, usd: Double?, retries: Int, isCached: Boolean, tookMillis: Long) =
                Effort(usage, usd, retries, isCached, isResumed = true, tookMillis.milliseconds)
        }
    }
}
