package dev.tandem.batch.provider

import dev.tandem.batch.provider.BatchState.Phase
import dev.tandem.error.AiException
import dev.tandem.error.NotFoundException
import dev.tandem.model.ChatResponse
import dev.tandem.model.RawRequest
import dev.tandem.model.Timer
import dev.tandem.model.options
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.put
import kotlin.time.Duration.Companion.minutes

/** A file of requests goes up, and files of answers and of errors come down; a batch carries the key of its intent. */
internal class OpenAiBatches(private val desk: Desk) : BatchWire {
    override val most: PieceSize = PieceSize.of(MOST_REQUESTS, MOST_BYTES)
    override val path: String get() = BATCHES

    /** A batch is for one model. */
    override fun kindOf(request: WrittenRequest): String {
        if (request.path !in PATHS) {
            throw desk.notSupported("what goes to ${request.path} cannot lie in a batch, only $PATHS: at Azure, leave apiVersion out")
        }
        return request.path + " " + request.model
    }

    override suspend fun making(intent: Intent, requests: List<WrittenRequest>): RawRequest {
        val ids = CustomIds(intent.key)
        val file = upload(nameOf(ids), linesOf(ids, requests).encodeToByteArray())
        val body = buildJsonObject {
            put("input_file_id", file)
            put("endpoint", urlOf(requests.first()))
            put("completion_window", "24h")
            put("metadata", buildJsonObject { put(KEY, intent.key) })
        }
        return RawRequest.post(BATCHES, body)
    }

    private fun linesOf(ids: CustomIds, requests: List<WrittenRequest>) = buildString {
        requests.forEachIndexed { i, request ->
            val line = buildJsonObject {
                put("custom_id", ids.of(i))
                put("method", "POST")
                put("url", urlOf(request))
                put("body", request.body)
            }
            append(line).append('\n')
        }
    }

    private suspend fun upload(name: String, bytes: ByteArray): String {
        val request = RawRequest
            .upload(FILES, mapOf("purpose" to "batch"), name, "application/jsonl", bytes)
            .withOptions(options { timer(Timer.WRITE, UPLOAD_TIME) })
        var file = desk.send(request)
        val id = desk.idOf(file)
        // Azure looks at it first.
        var looks = 0
        while (file.textOrNull("status") in BEING_READ) {
            desk.pause(looks++)
            file = desk.get("$FILES/$id")
        }
        if (file.textOrNull("status") == "error") {
            throw desk.failure(INVALID, null, "the file was not taken: ${file.textOrNull("status_details")}")
        }
        return id
    }

    /** Some servers that speak this wire keep no key; then the name of the file tells. */
    override suspend fun isOf(intent: Intent, batch: JsonObject): Boolean {
        val metadata = batch.objectOrNull("metadata").orEmpty()
        if (metadata.isNotEmpty()) return (metadata[KEY] as? JsonPrimitive)?.contentOrNull == intent.key
        val file = batch.textOrNull("input_file_id") ?: return false
        return try {
            desk.get("$FILES/$file").textOrNull("filename") == nameOf(CustomIds(intent.key))
        } catch (_: NotFoundException) {
            false
        }
    }

    override fun madeAtMillis(batch: JsonObject): Long? = batch.numberOrNull("created_at")?.times(MILLIS)

    override fun stateOf(batch: JsonObject): BatchState {
        val status = batch.textOrNull("status")
        val phase = PHASES[status] ?: throw desk.malformed("a batch that is '$status' is not known here: $batch".take(SHOWN))
        val counts = batch.objectOrNull("request_counts") ?: JsonObject(emptyMap())
        val errors = if (phase == Phase.FAILED) errorsOf(batch) else emptyList()
        return BatchState(
            phase,
            counts.count("total"),
            counts.count("completed"),
            counts.count("failed"),
            batch.numberOrNull("expires_at")?.times(MILLIS),
            if (phase == Phase.FAILED) failureOf(batch, errors) else null,
            errors
                .mapNotNull { error -> error.numberOrNull("line")?.let { (it - 1).toInt() to problemOf(error) } }
                .toMap(),
        )
    }

    private fun errorsOf(batch: JsonObject): List<JsonObject> =
        (batch.objectOrNull("errors")?.get("data") as? JsonArray).orEmpty().filterIsInstance<JsonObject>()

    private fun problemOf(error: JsonObject): AiException = failureBy(error.textOrNull("code"), wordsOf(error))

    private fun failureOf(batch: JsonObject, errors: List<JsonObject>): AiException {
        val more = if (errors.size > MOST_SAID) "; and ${errors.size - MOST_SAID} more" else ""
        val words = errors.take(MOST_SAID).joinToString("; ", transform = ::wordsOf).ifEmpty { "no further word" }
        return failureBy(errors.firstOrNull()?.textOrNull("code"), "the batch ${batch.textOrNull("id")} was not taken: $words$more")
    }

    private fun wordsOf(error: JsonObject): String {
        val line = error.numberOrNull("line")?.let { "line $it: " }.orEmpty()
        return line + (error.textOrNull("message") ?: error.textOrNull("code") ?: error.toString())
    }

    /** What is too much for now goes when other batches have ended; nothing else does. */
    private fun failureBy(code: String?, words: String) = desk.failure(if (code == TOO_MUCH) TOO_MANY else INVALID, code, words)

    override fun resultsOf(batch: JsonObject): List<String> =
        listOf("output_file_id", "error_file_id").mapNotNull { batch.textOrNull(it)?.let { id -> "$FILES/$id/content" } }

    override fun read(line: JsonObject): ChatResponse {
        val response = line.objectOrNull("response")
        val body = response?.get("body")
        val error = line.objectOrNull("error")
        val code = error?.textOrNull("code").orEmpty()
        return when {
            code in NO_TURN -> throw desk.noTurn(code, error?.textOrNull("message") ?: "the batch has ended before this request")
            error != null -> throw desk.failure(SUCCESS, code, error.textOrNull("message") ?: error.toString())
            body == null -> throw desk.malformed("this line is neither an answer nor an error: ${line.toString().take(SHOWN)}")
            else -> desk.read(response.numberOrNull("status_code")?.toInt() ?: SUCCESS, response.textOrNull("request_id"), body)
        }
    }

    private fun JsonObject.count(name: String) = numberOrNull(name)?.toInt() ?: 0

    private companion object {
        const val KEY = "tandem_key"
        const val FILES = "/files"
        const val BATCHES = "/batches"
        const val MOST_REQUESTS = 50_000
        const val MOST_BYTES = 200_000_000L
        const val MOST_SAID = 5
        const val MILLIS = 1000L
        const val SUCCESS = 200
        const val INVALID = 400
        const val TOO_MANY = 429
        const val TOO_MUCH = "token_limit_exceeded"
        val UPLOAD_TIME = 15.minutes
        val PATHS = setOf("/chat/completions", "/responses")
        val BEING_READ = setOf("pending", "running")
        val NO_TURN = setOf("batch_expired", "batch_cancelled")
        val PHASES = mapOf(
            "validating" to Phase.WAITING,
            "in_progress" to Phase.RUNNING,
            "finalizing" to Phase.RUNNING,
            "cancelling" to Phase.CANCELLING,
            "completed" to Phase.DONE,
            "expired" to Phase.EXPIRED,
            "cancelled" to Phase.CANCELLED,
            "failed" to Phase.FAILED,
        )

        fun nameOf(ids: CustomIds) = "tandem-${ids.prefix}.jsonl"

        /** Wherever the base URL is, batches call their paths so. */
        fun urlOf(request: WrittenRequest) = "/v1${request.path}"
    }
}
