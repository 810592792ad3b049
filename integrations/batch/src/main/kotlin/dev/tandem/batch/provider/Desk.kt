package dev.tandem.batch.provider

import dev.tandem.AiClient
import dev.tandem.error.AiException
import dev.tandem.error.ErrorDetails
import dev.tandem.error.MalformedResponseException
import dev.tandem.error.NoTurnException
import dev.tandem.error.NotSupportedException
import dev.tandem.model.ChatResponse
import dev.tandem.model.RawRequest
import dev.tandem.model.RawResponse
import kotlinx.coroutines.flow.Flow
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlin.time.Duration

/** Calls about batches, in the client's own way, and what can go wrong with them. */
internal class Desk(val ai: AiClient, private val pauses: Pauses, private val wait: suspend (Duration) -> Unit) {
    val provider: String get() = ai.provider

    suspend fun send(request: RawRequest): JsonObject {
        val body = ai.send(request).body
        return objectIn(body) ?: throw malformed("this is no JSON object: ${body.take(SHOWN)}")
    }

    suspend fun get(path: String): JsonObject = send(RawRequest.get(path))

    suspend fun file(path: String): String = ai.send(RawRequest.get(path)).body

    fun list(path: String): Flow<JsonObject> = ai.list(path)

    fun read(status: Int, requestId: String?, body: JsonElement): ChatResponse =
        ai.read(RawResponse.of(status, if (requestId == null) emptyMap() else mapOf("x-request-id" to requestId), body.toString()))

    fun idOf(thing: JsonObject): String = thing.textOrNull("id") ?: throw malformed("this has no id: $thing".take(SHOWN))

    /** The pause that follows [pauses] others, or one of [atLeast] if that is longer. */
    suspend fun pause(pauses: Int, atLeast: Duration? = null) = wait(maxOf(this.pauses.after(pauses), atLeast ?: Duration.ZERO))

    /** The client has its own retries; these are for an outage, which may be short beside a batch. */
    suspend fun <T> patiently(ask: suspend () -> T): T {
        var failures = 0
        while (true) {
            try {
                return ask()
            } catch (e: AiException) {
                if (!e.isRetryable || ++failures > pauses.failures) throw e
                pause(failures, e.retryAfter)
            }
        }
    }

    /** The exception for such an error, as if it had come by itself. */
    fun failure(status: Int, code: String?, message: String): AiException {
        val error = mapOf("code" to JsonPrimitive(code), "message" to JsonPrimitive(message))
        return try {
            read(status, null, JsonObject(mapOf("error" to JsonObject(error))))
            malformed(message)
        } catch (e: AiException) {
            e
        }
    }

    /** The batch has ended before it came to this request. */
    fun noTurn(code: String, why: String) = NoTurnException("$provider: $why", details().code(code).build())

    fun notSupported(why: String) = NotSupportedException("$provider: $why", details().build())

    fun malformed(why: String) = MalformedResponseException("$provider: $why", details().build(), null)

    fun details(): ErrorDetails.Builder = ErrorDetails.builder().provider(provider)

    companion object {
        /** Those whose batches are known here. */
        const val HAVE_THEM = "OpenAI, Azure OpenAI, Groq, Cerebras and Anthropic"
    }
}
