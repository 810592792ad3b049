package dev.tandem.batch.provider

import dev.tandem.error.AiException

/** How far a batch has come. */
public class BatchState internal constructor(
    /** Where it stands. */
    public val phase: Phase,
    /** How many requests there are, as far as the provider has counted. */
    public val total: Int,
    /** Those with an answer, as far as the provider has counted. */
    public val succeeded: Int,
    /** Some providers count only at the end. */
    public val failed: Int,
    /** When the provider gives up on what is not answered by then; null where it does not say. */
    public val expiresAtMillis: Long?,
    /** Why the batch as a whole was not taken; null in all other phases. */
    public val failure: AiException?,
    /** What is wrong with single requests, by their places, where that is why. */
    public val problems: Map<Int, AiException>,
) {
    /** Nothing will change any more. */
    public val isEnded: Boolean get() = phase.isEnd

    override fun toString(): String = "BatchState($phase, $succeeded answered, $failed failed, $total in all)"

    /** Where it stands. */
    public enum class Phase(internal val isEnd: Boolean) {
        /** Looked at by the provider, and not begun. */
        WAITING(false),

        /** The provider is at work on it. */
        RUNNING(false),

        /** Somebody wants it to end, and what was begun may still be answered. */
        CANCELLING(false),

        /** Each request has an answer or an error. */
        DONE(true),

        /** The time was over; what was answered by then is there. */
        EXPIRED(true),

        /** What was answered before is there. */
        CANCELLED(true),

        /** Not taken: nothing of it was done, nor paid for. */
        FAILED(true),
    }
}
