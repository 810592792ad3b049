package dev.tandem.redis

import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatResponse
import dev.tandem.model.FinishReason
import dev.tandem.model.Message
import dev.tandem.pipeline.Call
import dev.tandem.pipeline.CallEvent
import dev.tandem.pipeline.Middleware
import dev.tandem.pipeline.Next
import dev.tandem.pipeline.Operation
import io.lettuce.core.SetArgs
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.FlowCollector
import kotlinx.coroutines.flow.flow
import kotlin.time.Duration
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.milliseconds

/**
 * Shares a cache with programs that keep answers as plain text under `ai_cache:` and an MD5 of model and prompt. To be added to a
 * client as a layer of its own; for a cache that is ours alone [RedisCache] is better, since it keeps usage and stream pieces, and
 * tells all calls apart.
 *
 * Serves chats and streams of one text of the user, with nothing else set that changes the answer: such keys know only model and
 * prompt. All other calls go by. So do calls that say `caching(false)`.
 */
public class PlainTextRedisCache private constructor(from: Builder) :
    Middleware,
    AutoCloseable {
        private val redis = from.redis
        private val isOwner = from.isOwner
        private val prefix = from.prefix
        private val ttlMillis = from.ttl.inWholeMilliseconds
        private val ignoresParameters = from.ignoresParameters

        /** Asks Redis first; only what is not there goes on to [next], and its whole answer is kept. */
        override fun <T> around(call: Call<T>, next: Next): Flow<T> {
            val isStream = call.operation === Operation.STREAM
            if (!isStream && call.operation !== Operation.CHAT) return next.proceed(call)
            val prompt = plainQuestionOf(call.request, ignoresParameters) ?: return next.proceed(call)
            val model = call.request.options.model ?: return next.proceed(call)
            val key = prefix + plainTextKeyOf(model, prompt)
            return flow {
                val kept = trying(call) { redis.ask { get(key) }?.decodeToString(throwOnInvalidSequence = true) }
                if (kept.isNullOrEmpty()) {
                    next.proceed(call).collect { item ->
                        // Before it is handed on: whoever has the answer may leave.
                        answerOf(item)?.let { keep(key, it, call) }
                        emit(item)
                    }
                } else {
                    call.tell(CallEvent.CacheHit)
                    answer(responseOf(kept, model), isStream)
                }
            }
        }

        @Suppress("UNCHECKED_CAST")
        private suspend fun <T> FlowCollector<T>.answer(response: ChatResponse, isStream: Boolean) {
            if (isStream) {
                emit(ChatEvent.Text(response.text) as T)
                emit(ChatEvent.Completed(response) as T)
            } else {
                emit(response as T)
            }
        }

        private fun responseOf(text: String, model: String): ChatResponse = ChatResponse
            .builder(Message.assistant(text))
            .model(model)
            .finishReason(FinishReason.STOP)
            .build()
            .cached()

        private fun answerOf(item: Any?): ChatResponse? = when (item) {
            is ChatResponse -> item
            is ChatEvent.Completed -> item.response
            else -> null
        }

        /** Whole answers only, and such as are nothing but text. */
        private suspend fun keep(key: String, response: ChatResponse, call: Call<*>) {
            val isWhole = response.finishReason.kind == FinishReason.Kind.STOP || response.finishReason.kind == FinishReason.Kind.UNKNOWN
            if (!isWhole || response.isCached || response.toolCalls.isNotEmpty() || response.text.isEmpty()) return
            trying(call) { redis.ask { set(key, response.text.encodeToByteArray(), SetArgs.Builder.px(ttlMillis)) } }
        }

        /** A Redis that fails does not fail the call. */
        private suspend fun <R> trying(call: Call<*>, work: suspend () -> R): R? = try {
            work()
        } catch (e: Exception) {
            currentCoroutineContext().ensureActive()
            call.tell(CallEvent.CacheFailed(e))
            null
        }

        /** Closes the connection if it was made for this cache. What is kept stays. */
        override fun close() {
            if (isOwner) redis.close()
        }

        override fun toString(): String = "PlainTextRedisCache($redis, $prefix)"

        /** For how long, and under which keys. */
        public class Builder internal constructor(
            @get:JvmSynthetic internal val redis: Redis,
            @get:JvmSynthetic internal val isOwner: Boolean,
        ) {
            /** How long an answer is good for. */
            @get:JvmSynthetic
            @set:JvmSynthetic
            public var ttl: Duration = 1.hours
                set(value) {
                    require(value.inWholeMilliseconds >= 1 && value.isFinite()) { "ttl must be at least 1 ms, but is $value" }
                    field = value
                }

            /** What all keys begin with. */
            @get:JvmSynthetic
            @set:JvmSynthetic
            public var prefix: String = "ai_cache:"

            /**
             * Also serves calls that set a temperature, a limit on tokens and the like, as such programs do: what one call was answered
             * is the answer to all others with the same prompt, whatever they set.
             */
            @get:JvmSynthetic
            @set:JvmSynthetic
            public var ignoresParameters: Boolean = false

            /** How long an answer is good for. */
            public fun ttlMillis(millis: Long): Builder = apply { ttl = millis.milliseconds }

            /** What all keys begin with. */
            public fun prefix(prefix: String): Builder = apply { this.prefix = prefix }

            /** Also serves calls that set other parameters, and gives all of them the same answer. */
            public fun ignoresParameters(ignores: Boolean): Builder = apply { ignoresParameters = ignores }

            /** What is set later does not change it. */
            public fun build(): PlainTextRedisCache = PlainTextRedisCache(this)
        }

        public companion object {
            /** With a connection of its own, which [close] ends. */
            @JvmStatic
            public fun at(uri: String): PlainTextRedisCache = Builder(Redis.at(uri), true).build()

            /** With what [builder] begins with; whoever opened [redis] closes it. */
            @JvmStatic
            public fun of(redis: Redis): PlainTextRedisCache = builder(redis).build()

            /** On a connection that others may use too; whoever opened [redis] closes it. */
            @JvmStatic
            public fun builder(redis: Redis): Builder = Builder(redis, false)
        }
    }
