package dev.tandem.cache

import dev.tandem.model.TandemDsl
import kotlin.jvm.JvmStatic
import kotlin.jvm.JvmSynthetic
import kotlin.time.Duration
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/**
 * Answers a question by what was answered to one that means nearly the same, in the same conversation and by the same model.
 * Each question costs an embedding, and what is nearly the same is not the same: measure before you trust it.
 */
public class SemanticCache private constructor(from: Builder) {
    /** The smallest cosine of two questions that are taken for the same, above 0 and at most 1. */
    public val threshold: Double = from.threshold

    /** How many answers are kept; the one kept longest goes first. */
    public val maxEntries: Int = from.maxEntries

    /** How long an answer is good for. */
    @get:JvmSynthetic
    public val ttl: Duration = from.ttl

    @get:JvmSynthetic
    internal val patience: Duration = from.patience

    @get:JvmSynthetic
    internal val embedder: Embedder? = from.embedder

    override fun toString(): String = "SemanticCache(from $threshold on, at most $maxEntries, kept for $ttl)"

    /** How alike questions have to be, and what is kept of them. */
    @TandemDsl
    public class Builder internal constructor() {
        /** How alike two questions have to be, as the cosine between their vectors: 1 for the same. Models differ in it. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var threshold: Double = 0.95
            set(value) {
                require(value > 0 && value <= 1) { "threshold must be above 0 and at most 1, but is $value" }
                field = value
            }

        /** The one kept longest goes first. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var maxEntries: Int = 1_000
            set(value) {
                require(value >= 1) { "maxEntries must be at least 1, but is $value" }
                field = value
            }

        /** How long an answer is good for. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var ttl: Duration = 1.hours
            set(value) {
                require(value.isPositive() && value.isFinite()) { "ttl must be positive, but is $value" }
                field = value
            }

        /** How long a vector may take: five seconds unless set, since it may be a provider that makes it. Then the call goes on without. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var patience: Duration = 5.seconds
            set(value) {
                require(value.isPositive()) { "patience must be positive, but is $value" }
                field = value
            }

        /** Makes the vectors; null for the client itself, where its provider has embeddings. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var embedder: Embedder? = null

        /** How alike two questions have to be, as the cosine between their vectors: 1 for the same. */
        public fun threshold(cosine: Double): Builder = apply { threshold = cosine }

        /** The one kept longest goes first. */
        public fun maxEntries(entries: Int): Builder = apply { maxEntries = entries }

        /** How long an answer is good for. */
        public fun ttlMillis(millis: Long): Builder = apply { ttl = millis.milliseconds }

        /** How long a vector may take: five seconds unless set. Then the call goes on without. */
        public fun patienceMillis(millis: Long): Builder = apply { patience = millis.milliseconds }

        /** Makes the vectors; null for the client itself, where its provider has embeddings. */
        public fun embedder(embedder: Embedder?): Builder = apply { this.embedder = embedder }

        /** What is set later does not change it. */
        public fun build(): SemanticCache = SemanticCache(this)
    }

    public companion object {
        /** From a cosine of 0.95 on, 1,000 answers, each for an hour. */
        @JvmStatic
        public fun builder(): Builder = Builder()
    }
}
