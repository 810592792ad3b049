package dev.tandem.redis

import io.lettuce.core.RedisFuture
import io.lettuce.core.RedisURI
import io.lettuce.core.api.async.RedisAsyncCommands
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds

/**
 * One Redis server, 6 or newer. All who are made from it share one connection, which opens at the first use and comes back by
 * itself when it breaks. A server that is away fails its callers at once, and one that does not answer after [Builder.timeout].
 */
public class Redis private constructor(address: RedisURI, timeout: Duration) : AutoCloseable {
    private val place = placeOf(address)
    private val connection = Connection(place) { Driver(address) }
    private val patience = Patience(place, timeout, connection::renew)

    /** The answer to one command. Throws when there is none, whatever the reason. */
    @JvmSynthetic
    internal suspend fun <T> ask(question: RedisAsyncCommands<String, ByteArray>.() -> RedisFuture<T>): T? =
        patience.waitFor { connection.ask(question) }

    /** Whoever still waits for an answer gets an exception. Threads end soon after. Closing twice is fine. */
    override fun close() {
        connection.close()
    }

    /** Names host and port only. */
    override fun toString(): String = "Redis($place)"

    /** Where it is, and for how long it may be silent. */
    public class Builder internal constructor(private val address: RedisURI) {
        /** How long a command may take. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var timeout: Duration = 500.milliseconds
            set(value) {
                require(value.isPositive() && value.isFinite()) { "timeout must be positive, but is $value" }
                field = value
            }

        /** How long a command may take. */
        public fun timeoutMillis(millis: Long): Builder = apply { timeout = millis.milliseconds }

        /** Opens no connection yet. */
        public fun build(): Redis = Redis(address, timeout)
    }

    public companion object {
        /** `redis://host:6379/0`, or with TLS and a user `rediss://user:password@host:6379/0`. */
        @JvmStatic
        public fun builder(uri: String): Builder = Builder(addressOf(uri))

        /** `redis://host:6379/0`, or with TLS and a user `rediss://user:password@host:6379/0`. */
        @JvmStatic
        public fun at(uri: String): Redis = builder(uri).build()
    }
}
