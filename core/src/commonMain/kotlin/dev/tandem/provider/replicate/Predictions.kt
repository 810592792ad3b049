package dev.tandem.provider.replicate

import dev.tandem.error.AiException
import dev.tandem.error.MalformedResponseException
import dev.tandem.model.ChatRequest
import dev.tandem.model.Options
import dev.tandem.provider.http.Endpoint
import dev.tandem.provider.http.decode
import dev.tandem.transport.Answer
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.delay
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeoutOrNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/** Makes predictions, waits for them, and cancels those that nobody waits for any more. */
internal class Predictions(private val endpoint: Endpoint, private val waitSeconds: Int?) {
    suspend fun make(request: ChatRequest, isStream: Boolean): SeenPrediction {
        val model = ModelPath.of(request.options.model.orEmpty())
        val body = buildJsonObject {
            model.version?.let { put("version", it) }
            put("input", inputOf(request, endpoint.name))
            if (isStream) put("stream", true)
        }
        return endpoint.post(model.path, body, withHeaders(request.options), ::seen)
    }

    /**
     * Asks for [first] again until it has ended, more and more seldom, and shows each state to [onSeen], the first one too.
     * Since the server works on meanwhile, a failure or two on the way there changes nothing. [isDue] when there is reason to
     * think that it has ended by now.
     */
    suspend fun end(first: SeenPrediction, options: Options, isDue: Boolean, onSeen: suspend (SeenPrediction) -> Unit) {
        var seen = first
        var pause = if (isDue) Duration.ZERO else FIRST_PAUSE
        var failures = 0
        onSeen(seen)
        while (!seen.prediction.hasEnded) {
            delay(pause)
            pause = (pause * GROWTH).coerceIn(FIRST_PAUSE, LONGEST_PAUSE)
            try {
                seen = endpoint.get("/predictions/${first.prediction.id}", options, ::seen)
                failures = 0
            } catch (e: AiException) {
                if (!e.isRetryable || ++failures > MAX_FAILURES) throw e
                pause = maxOf(pause, minOf(e.retryAfter ?: Duration.ZERO, LONGEST_HINT))
                continue
            }
            onSeen(seen)
        }
    }

    /** Whatever ends [work] before [running] has ended cancels it on the server, which holds the caller up for a moment at most. */
    suspend fun <T> whileWanted(running: RunningPrediction, options: Options, work: suspend () -> T): T = try {
        work()
    } catch (e: Throwable) {
        if (!running.seen.prediction.hasEnded) {
            withContext(NonCancellable) {
                withTimeoutOrNull(CANCEL_TIME) { cancel(running.seen.prediction.id, options) }
            }
        }
        throw e
    }

    private suspend fun cancel(id: String, options: Options) = try {
        endpoint.post("/predictions/$id/cancel", JsonObject(emptyMap()), options) { it.drain() }
    } catch (_: Exception) {
        // What made us cancel is what the caller has to know.
    }

    private suspend fun seen(answer: Answer): SeenPrediction {
        val prediction = answer.decode(Prediction.serializer())
        if (!ID.matches(prediction.id)) {
            throw MalformedResponseException("${answer.provider}: a prediction without a proper id", answer.details().build(), null)
        }
        return SeenPrediction(prediction, answer)
    }

    private fun withHeaders(options: Options): Options {
        val ours = options.newBuilder()
        waitSeconds?.let { ours.header("Prefer", "wait=$it") }
        // In case that nobody is left to cancel it.
        options.timeout?.takeIf { it.isFinite() }?.let {
            ours.header(
                "Cancel-After",
                "${maxOf(it.inWholeSeconds + 1, SHORTEST_DEADLINE)}s",
            )
        }
        return ours.options(Options.builder().apply { options.headers.forEach { (name, value) -> header(name, value) } }.build()).build()
    }

    private companion object {
        val FIRST_PAUSE = 250.milliseconds
        val LONGEST_PAUSE = 3.seconds
        val LONGEST_HINT = 30.seconds
        const val GROWTH = 1.5
        const val MAX_FAILURES = 3
        val CANCEL_TIME = 800.milliseconds
        const val SHORTEST_DEADLINE = 5L
        val ID = Regex("[\\w-]+")
    }
}
