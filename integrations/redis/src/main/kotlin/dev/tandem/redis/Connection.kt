package dev.tandem.redis

import io.lettuce.core.RedisChannelHandler
import io.lettuce.core.RedisConnectionException
import io.lettuce.core.RedisConnectionStateListener
import io.lettuce.core.RedisException
import io.lettuce.core.RedisFuture
import io.lettuce.core.api.StatefulRedisConnection
import io.lettuce.core.api.async.RedisAsyncCommands
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.delay
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.getAndUpdate
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.future.await
import kotlinx.coroutines.launch
import java.io.IOException
import kotlin.random.Random

/** One connection, opened at the first use. When it breaks or cannot be opened, it is tried again until it is there or [close]d. */
internal class Connection(private val place: String, newDriver: () -> Driver) {
    private val driver = lazy(newDriver)
    private val state = MutableStateFlow<State>(State.Opening)
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)
    private val keeping = scope.launch(start = CoroutineStart.LAZY) { keepOpen() }

    suspend fun <T> ask(question: RedisAsyncCommands<String, ByteArray>.() -> RedisFuture<T>): T? {
        keeping.start()
        val link = when (val state = state.first { it != State.Opening }) {
            is State.Open -> state.link
            is State.Away -> throw RedisConnectionException("Redis at $place cannot be reached, and is tried again by itself", state.error)
            else -> throw IllegalStateException("the connection to Redis at $place has been closed")
        }
        try {
            return link.async().question().await()
        } catch (e: CancellationException) {
            currentCoroutineContext().ensureActive()
            throw lost(e)
        } catch (e: IOException) {
            throw lost(e)
        }
    }

    private fun lost(cause: Exception) = RedisException("the connection to Redis at $place was lost before the answer came", cause)

    /** This one is of no use any more. */
    fun renew() {
        (state.value as? State.Open)?.lost?.complete(Unit)
    }

    private suspend fun keepOpen() {
        while (true) {
            val error = try {
                val link = driver.value.connect()
                val lost = CompletableDeferred<Unit>()
                link.addListener(Listener(lost))
                if (!link.isOpen) lost.complete(Unit)
                become(State.Open(link, lost))
                lost.await()
                become(State.Away(null))
                link.closeAsync().await()
                null
            } catch (e: Exception) {
                currentCoroutineContext().ensureActive()
                e
            }
            become(State.Away(error))
            delay(Random.nextLong(SHORTEST_PAUSE, LONGEST_PAUSE))
        }
    }

    private fun become(next: State) = state.update { if (it == State.Closed) it else next }

    fun close() {
        if (state.getAndUpdate { State.Closed } == State.Closed) return
        scope.cancel()
        // It may be about to make one.
        keeping.invokeOnCompletion { if (driver.isInitialized()) driver.value.close() }
    }

    private class Listener(private val lost: CompletableDeferred<Unit>) : RedisConnectionStateListener {
        override fun onRedisDisconnected(connection: RedisChannelHandler<*, *>) {
            lost.complete(Unit)
        }

        override fun onRedisExceptionCaught(connection: RedisChannelHandler<*, *>, cause: Throwable) = Unit
    }

    private sealed class State {
        object Opening : State()

        class Open(val link: StatefulRedisConnection<String, ByteArray>, val lost: CompletableDeferred<Unit>) : State()

        class Away(val error: Throwable?) : State()

        object Closed : State()
    }

    private companion object {
        /** In milliseconds. Not all processes shall come back at the same moment. */
        const val SHORTEST_PAUSE = 100L
        const val LONGEST_PAUSE = 1_000L
    }
}
