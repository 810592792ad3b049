package dev.tandem.redis

import dev.tandem.cache.CacheStore
import io.lettuce.core.SetArgs

/**
 * Keeps answers in Redis, for all processes that use the same server and namespace. A server that is away costs calls nothing
 * but what they could have had from the cache.
 */
public class RedisCache private constructor(from: Builder) :
    CacheStore,
    AutoCloseable {
        private val redis = from.redis
        private val isOwner = from.isOwner
        private val prefix = "tandem:cache:${from.namespace}:"

        /** Null also where the time of an answer is over: Redis forgets it by itself. */
        override suspend fun get(key: String): ByteArray? = redis.ask { get(prefix + key) }

        /** Redis forgets it after [ttlMillis], of which there is at least 1. */
        override suspend fun put(key: String, value: ByteArray, ttlMillis: Long) {
            require(ttlMillis >= 1) { "ttlMillis must be at least 1, but is $ttlMillis" }
            redis.ask { set(prefix + key, value, SetArgs.Builder.px(ttlMillis)) }
        }

        /** From Redis, and so for all processes. */
        override suspend fun remove(key: String) {
            redis.ask { del(prefix + key) }
        }

        /** Closes the connection if it was made for this cache. What is kept stays. */
        override fun close() {
            if (isOwner) redis.close()
        }

        override fun toString(): String = "RedisCache($redis, $prefix)"

        /** What the keys in Redis begin with. */
        public class Builder internal constructor(
            @get:JvmSynthetic internal val redis: Redis,
            @get:JvmSynthetic internal val isOwner: Boolean,
        ) {
            /** Caches of different namespaces know nothing of each other. */
            @get:JvmSynthetic
            @set:JvmSynthetic
            public var namespace: String = DEFAULT_NAMESPACE
                set(value) {
                    field = checked(value)
                }

            /** Caches of different namespaces know nothing of each other. */
            public fun namespace(name: String): Builder = apply { namespace = name }

            /** What is set later does not change it. */
            public fun build(): RedisCache = RedisCache(this)
        }

        public companion object {
            /** With a connection of its own, which [close] ends. */
            @JvmStatic
            public fun at(uri: String): RedisCache = Builder(Redis.at(uri), true).build()

            /** With what [builder] begins with; whoever opened [redis] closes it. */
            @JvmStatic
            public fun of(redis: Redis): RedisCache = builder(redis).build()

            /** On a connection that others may use too; whoever opened [redis] closes it. */
            @JvmStatic
            public fun builder(redis: Redis): Builder = Builder(redis, false)
        }
    }
