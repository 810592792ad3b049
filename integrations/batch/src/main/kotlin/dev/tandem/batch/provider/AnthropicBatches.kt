package dev.tandem.batch.provider

import dev.tandem.batch.provider.BatchState.Phase
import dev.tandem.error.NotFoundException
import dev.tandem.model.ChatResponse
import dev.tandem.model.RawRequest
import dev.tandem.model.Timer
import dev.tandem.model.options
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import java.time.OffsetDateTime
import kotlin.time.Duration.Companion.minutes

/** Requests go up in one piece. Nothing can be written on a batch, so whose it is only its results tell, by the names in them. */
internal class AnthropicBatches(private val desk: Desk) : BatchWire {
    override val most: PieceSize = PieceSize.of(MOST_REQUESTS, MOST_BYTES)
    override val path: String get() = BATCHES

    /** A batch takes all models. */
    override fun kindOf(request: WrittenRequest): String = request.path

    override suspend fun making(intent: Intent, requests: List<WrittenRequest>): RawRequest {
        val ids = CustomIds(intent.key)
        val all = requests.mapIndexed { i, request ->
            buildJsonObject {
                put("custom_id", ids.of(i))
                put("params", request.body)
            }
        }
        return RawRequest
            .post(BATCHES, JsonObject(mapOf("requests" to JsonArray(all))))
            .withOptions(options { timer(Timer.WRITE, UPLOAD_TIME) })
    }

    override suspend fun isOf(intent: Intent, batch: JsonObject): Boolean? {
        val state = stateOf(batch)
        if (state.total != intent.size) return false
        if (!state.isEnded) return null
        val lines = ResultLines(CustomIds(intent.key), intent.size)
        try {
            resultsOf(batch).forEach { lines.add(desk.file(it)) }
        } catch (_: NotFoundException) {
            // Kept for 29 days: whatever it was, there is nothing to come back for.
            return false
        }
        return lines.stranger == null && lines.byIndex.isNotEmpty()
    }

    override fun madeAtMillis(batch: JsonObject): Long? = millisOf(batch, "created_at")

    override fun stateOf(batch: JsonObject): BatchState {
        val status = batch.textOrNull("processing_status")
        val counts = batch.objectOrNull("request_counts") ?: JsonObject(emptyMap())
        val (succeeded, errored, canceled) = listOf("succeeded", "errored", "canceled").map { counts.numberOrNull(it)?.toInt() ?: 0 }
        val expired = counts.numberOrNull("expired")?.toInt() ?: 0
        val phase = when (status) {
            "in_progress" -> Phase.RUNNING

            "canceling" -> Phase.CANCELLING

            "ended" -> if (canceled > 0) {
                Phase.CANCELLED
            } else if (expired > 0) {
                Phase.EXPIRED
            } else {
                Phase.DONE
            }

            else -> throw desk.malformed("a batch that is '$status' is not known here: $batch".take(SHOWN))
        }
        val failed = errored + canceled + expired
        val total = succeeded + failed + (counts.numberOrNull("processing")?.toInt() ?: 0)
        return BatchState(phase, total, succeeded, failed, millisOf(batch, "expires_at"), null, emptyMap())
    }

    override fun resultsOf(batch: JsonObject): List<String> = listOf("$BATCHES/${batch.textOrNull("id")}/results")

    override fun read(line: JsonObject): ChatResponse {
        val result = line.objectOrNull("result")
        return when (val type = result?.textOrNull("type")) {
            "succeeded" -> desk.read(SUCCESS, null, result["message"] ?: throw strange(line))
            "errored" -> failed(result.objectOrNull("error") ?: throw strange(line))
            "canceled" -> throw desk.noTurn(type, "the batch was cancelled before this request had its turn")
            "expired" -> throw desk.noTurn(type, "the batch has expired before this request had its turn")
            else -> throw strange(line)
        }
    }

    /** An error comes as it would have come by itself, but for its status. */
    private fun failed(error: JsonObject): ChatResponse {
        val type = (error.objectOrNull("error") ?: error).textOrNull("type")
        val whole = if (error.objectOrNull("error") == null) JsonObject(mapOf("error" to error)) else error
        return desk.read(STATUS_OF[type] ?: UNKNOWN, error.textOrNull("request_id"), whole)
    }

    private fun strange(line: JsonObject) = desk.malformed("this line is neither an answer nor an error: ${line.toString().take(SHOWN)}")

    private companion object {
        const val BATCHES = "/messages/batches"
        const val MOST_REQUESTS = 100_000
        const val MOST_BYTES = 256_000_000L
        const val SUCCESS = 200
        const val UNKNOWN = 500
        val UPLOAD_TIME = 15.minutes

        /** As documented for plain calls. */
        val STATUS_OF = mapOf(
            "invalid_request_error" to 400,
            "authentication_error" to 401,
            "billing_error" to 402,
            "permission_error" to 403,
            "not_found_error" to 404,
            "request_too_large" to 413,
            "rate_limit_error" to 429,
            "timeout_error" to 504,
            "overloaded_error" to 529,
        )

        fun millisOf(batch: JsonObject, field: String): Long? =
            batch.textOrNull(field)?.let { runCatching { OffsetDateTime.parse(it).toInstant().toEpochMilli() }.getOrNull() }
    }
}
