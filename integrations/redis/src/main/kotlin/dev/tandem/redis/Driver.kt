package dev.tandem.redis

import io.lettuce.core.ClientOptions
import io.lettuce.core.RedisClient
import io.lettuce.core.RedisURI
import io.lettuce.core.SocketOptions
import io.lettuce.core.TimeoutOptions
import io.lettuce.core.api.StatefulRedisConnection
import io.lettuce.core.codec.ByteArrayCodec
import io.lettuce.core.codec.RedisCodec
import io.lettuce.core.codec.StringCodec
import io.lettuce.core.resource.ClientResources
import io.netty.util.HashedWheelTimer
import io.netty.util.concurrent.DefaultThreadFactory
import kotlinx.coroutines.future.await
import java.time.Duration
import java.util.concurrent.TimeUnit

/**
 * Lettuce as we want it: few threads, none of which keeps a program alive, and a connection that, once lost, is lost with all that
 * was under way on it. Lettuce would send that again later, when nobody waits for it any more.
 */
internal class Driver(private val address: RedisURI) {
    private val timer = HashedWheelTimer(DefaultThreadFactory("tandem-redis-timer", true))

    private val resources: ClientResources = ClientResources
        .builder()
        .ioThreadPoolSize(THREADS)
        .computationThreadPoolSize(THREADS)
        .timer(timer)
        .build()

    private val client = RedisClient.create(resources).apply {
        options = ClientOptions
            .builder()
            .autoReconnect(false)
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            // Whoever waits has an eye on his own time.
            .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
            .socketOptions(
                SocketOptions
                    .builder()
                    .connectTimeout(CONNECT)
                    .keepAlive(true)
                    .build(),
            ).build()
    }

    suspend fun connect(): StatefulRedisConnection<String, ByteArray> = client.connectAsync(CODEC, address).await()

    /** Does not wait for the end of the threads. */
    fun close() {
        client.shutdownAsync(0, END_MILLIS, TimeUnit.MILLISECONDS).whenComplete { _, _ ->
            resources.shutdown(0, END_MILLIS, TimeUnit.MILLISECONDS)
            timer.stop()
        }
    }

    internal companion object {
        private val CODEC: RedisCodec<String, ByteArray> = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE)
        private const val THREADS = 2
        private const val END_MILLIS = 1_000L

        /** For the socket, and once more for what is said before the first command. */
        val CONNECT: Duration = Duration.ofSeconds(2)
    }
}
