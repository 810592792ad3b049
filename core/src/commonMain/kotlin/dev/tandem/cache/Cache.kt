package dev.tandem.cache

import dev.tandem.model.TandemDsl
import kotlin.jvm.JvmStatic
import kotlin.jvm.JvmSynthetic
import kotlin.time.Duration
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/**
 * Where and for how long a client keeps answers. Calls that ask the same at the same time are made once, if they have the same
 * tags and, but for their timeouts, the same limits.
 *
 * Many clients may share a store. An answer is for those who ask the same at the same address, with the same key and headers.
 * Tokens come and go, and tell nobody apart: tenants that are known by nothing else need stores of their own.
 */
public class Cache private constructor(from: Builder) {
    /** Where answers are kept. Whoever made it closes it. */
    public val store: CacheStore = from.store

    /** How long an answer is good for. */
    @get:JvmSynthetic
    public val ttl: Duration = from.ttl

    /** [ttl] in milliseconds. */
    public val ttlMillis: Long = ttl.inWholeMilliseconds

    /** Longer answers are not kept. */
    public val maxEntryBytes: Long = from.maxEntryBytes

    @get:JvmSynthetic
    internal val patience: Duration = from.patience

    override fun toString(): String = "Cache(${store::class.simpleName}, kept for $ttl)"

    /** How long answers are good for, and how long the store may take. */
    @TandemDsl
    public class Builder internal constructor(internal val store: CacheStore) {
        /** How long an answer is good for. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var ttl: Duration = 1.hours
            set(value) {
                require(value.isPositive() && value.isFinite()) { "ttl must be positive, but is $value" }
                field = value
            }

        /** Longer answers are not kept. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var maxEntryBytes: Long = 1024 * 1024
            set(value) {
                require(value >= 1) { "maxEntryBytes must be at least 1, but is $value" }
                field = value
            }

        /** How long the store may take; after that the call goes on without it. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var patience: Duration = 1.seconds
            set(value) {
                require(value.isPositive()) { "patience must be positive, but is $value" }
                field = value
            }

        /** How long an answer is good for. */
        public fun ttlMillis(millis: Long): Builder = apply { ttl = millis.milliseconds }

        /** Longer answers are not kept. */
        public fun maxEntryBytes(bytes: Long): Builder = apply { maxEntryBytes = bytes }

        /** How long the store may take; after that the call goes on without it. */
        public fun patienceMillis(millis: Long): Builder = apply { patience = millis.milliseconds }

        /** What is set later does not change it. */
        public fun build(): Cache = Cache(this)
    }

    public companion object {
        /** In [store] for an hour each, up to 1 MB long. */
        @JvmStatic
        public fun of(store: CacheStore): Cache = Builder(store).build()

        /** Begins with what [of] has: an hour, and 1 MB for each answer. */
        @JvmStatic
        public fun builder(store: CacheStore): Builder = Builder(store)
    }
}
