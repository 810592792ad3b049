package dev.tandem.testing

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.contentOrNull

/** OpenAI's files and batches: `/files`, `/batches`, and a file of answers and one of errors when a batch has ended. */
public class OpenAiBatchPlay : BatchPlay() {
    private val files = mutableMapOf<String, PlayedFile>()
    private val made = mutableMapOf<String, JsonObject>()
    private val problems = mutableMapOf<String, MutableList<String>>()

    /** Whether a batch keeps what was written on it. Not every server that speaks this wire does. */
    @Volatile public var keepsMetadata: Boolean = true

    /** How many looks it takes until a file can be used, as at Azure. */
    @Volatile public var looksAtFiles: Int = 0

    override fun begin(batch: String): Unit = synchronized(this) { theBatch(batch).hasBegun = true }

    /** [batch] is not taken: [line] of its file, from 1, is wrong. Several times for several lines; null for none. */
    public fun reject(batch: String, line: Int?, code: String, message: String): Unit = synchronized(this) {
        theBatch(batch).end = PlayedBatch.End.REFUSED
        val problem = """{"code":${quoted(code)},"message":${quoted(message)},"param":null,"line":$line}"""
        problems.getOrPut(batch) { mutableListOf() } += problem
    }

    override fun serve(request: FakeRequest): Reply {
        val path = request.path.substringBefore('?').removePrefix("/v1")
        val id = path.split('/').getOrElse(2) { "" }
        return when ("${request.method} ${path.replaceFirst("/$id", if (id.isEmpty()) "/$id" else "/ID")}") {
            "POST /files" -> upload(request)
            "GET /files/ID" -> files[id]?.let { fileReply(it) } ?: nowhere(id)
            "GET /files/ID/content" -> content(id)
            "POST /batches" -> make(Json.parseToJsonElement(request.body) as JsonObject)
            "GET /batches" -> list(request)
            "GET /batches/ID" -> kept[id]?.let { Reply.json(jsonOf(it)) } ?: nowhere(id)
            "POST /batches/ID/cancel" -> kept[id]?.let(::cancel) ?: nowhere(id)
            else -> OpenAiReplies.error(404, "Invalid URL (${request.method} ${request.path})", "invalid_request_error", null)
        }
    }

    override fun say(text: String): Reply = OpenAiReplies.chat(text)

    private fun upload(request: FakeRequest): Reply {
        val boundary = request.header("content-type").orEmpty().substringAfter("boundary=", "")
        val parts = request.body.split("--$boundary").filter { "form-data" in it }
        val fields = parts.associate { part ->
            part.substringAfter("name=\"").substringBefore('"') to
                part.substringAfter("\r\n\r\n").dropLast(2)
        }
        val name = parts.last().substringAfter("filename=\"").substringBefore('"')
        if (fields["purpose"] != "batch" || !name.endsWith(".jsonl")) {
            return OpenAiReplies.error(400, "Invalid file format for Batch API. Must be .jsonl", "invalid_request_error", null)
        }
        val file = PlayedFile("file-${files.size + 1}", name, fields["file"].orEmpty(), looksAtFiles)
        files[file.id] = file
        return fileReply(file)
    }

    private fun fileReply(file: PlayedFile): Reply {
        val status = if (file.looks-- > 0) "pending" else "processed"
        return Reply.json(
            """{"id":"${file.id}","object":"file","bytes":${file.text.length},"created_at":${seconds(nowMillis())},""" +
                """"filename":${quoted(file.name)},"purpose":"batch","status":"$status","status_details":null}""",
        )
    }

    private fun make(body: JsonObject): Reply {
        val file = files[body.text("input_file_id")] ?: return OpenAiReplies.error(400, "no such file", "invalid_request_error", null)
        val requests = file.text
            .lines()
            .filter { it.isNotBlank() }
            .map { Json.parseToJsonElement(it) as JsonObject }
        val batch = PlayedBatch("batch_${kept.size + 1}", requests.map { it.text("custom_id") to it["body"] as JsonObject }, nowMillis())
        kept[batch.id] = batch
        made[batch.id] = body
        val wrong = requests.indexOfFirst { it["url"] != body["endpoint"] || it.text("method") != "POST" }
        if (wrong >=
            0
        ) {
            reject(batch.id, wrong + 1, "invalid_url", "The URL provided for this request does not match the endpoint of the batch.")
        }
        if (batch.requests.mapTo(mutableSetOf()) { it.second["model"] }.size > 1) {
            reject(batch.id, 1, "mismatched_model", "All requests of a batch must be for one model.")
        }
        return Reply.json(jsonOf(batch))
    }

    private fun list(request: FakeRequest): Reply {
        val asked = request.path.substringAfter("after=", "").substringBefore('&')
        val all = kept.values.reversed()
        val page = all.drop(all.indexOfFirst { it.id == asked } + 1)
        val shown = page.take(pageSize)
        return Reply.json(
            shown.joinToString(",", """{"object":"list","data":[""", "]", transform = ::jsonOf) +
                ""","first_id":${shown.firstOrNull()?.let { quoted(it.id) }},"last_id":${shown.lastOrNull()?.let { quoted(it.id) }},""" +
                """"has_more":${page.size > shown.size}}""",
        )
    }

    private fun cancel(batch: PlayedBatch): Reply {
        if (batch.end != null) {
            return OpenAiReplies.error(409, "Cannot cancel a batch with status '${statusOf(batch)}'.", "invalid_request_error", null)
        }
        batch.isCancelled = true
        return Reply.json(jsonOf(batch))
    }

    private fun content(id: String): Reply {
        val batch = kept[id.substringAfter('-').substringAfter('-')] ?: return nowhere(id)
        val all = batch.requests.indices
            .filter { it !in lost }
            .reversed()
        val isGood = id.startsWith("file-output")
        val lines = all.filter { (batch.answers.getOrNull(it)?.status == PlayedBatch.SUCCESS) == isGood }.map { lineOf(batch, it) }
        return Reply.of(200, "application/octet-stream", lines.joinToString("") { it + "\n" })
    }

    private fun lineOf(batch: PlayedBatch, index: Int): String {
        val answer = batch.answers.getOrNull(index)
        val response = answer?.let { """{"status_code":${it.status},"request_id":"req-$index","body":${it.body}}""" }
        val error = if (answer != null) {
            null
        } else if (batch.end == PlayedBatch.End.EXPIRED) {
            """{"code":"batch_expired","message":"This request could not be executed before the completion window expired."}"""
        } else {
            """{"code":"batch_cancelled","message":"This request was not executed because the batch was cancelled."}"""
        }
        return """{"id":"batch_req_$index","custom_id":"${batch.requests[index].first}","response":$response,"error":$error}"""
    }

    private fun jsonOf(batch: PlayedBatch): String {
        val body = made.getValue(batch.id)
        val isOver = batch.end != null && batch.end != PlayedBatch.End.REFUSED
        val bad = if (isOver) batch.requests.size - batch.good else 0
        val errors = problems[batch.id]?.joinToString(",", """{"object":"list","data":[""", "]}")
        return """{"id":"${batch.id}","object":"batch","endpoint":${body["endpoint"]},"errors":$errors,""" +
            """"input_file_id":${body["input_file_id"]},"completion_window":"24h","status":"${statusOf(batch)}",""" +
            """"output_file_id":${if (isOver && batch.good > 0) quoted("file-output-${batch.id}") else null},""" +
            """"error_file_id":${if (isOver && bad > 0) quoted("file-error-${batch.id}") else null},""" +
            """"created_at":${seconds(batch.madeAtMillis)},"expires_at":${seconds(batch.madeAtMillis) + DAY_SECONDS},""" +
            """"request_counts":{"total":${if (batch.hasBegun || isOver) batch.requests.size else 0},""" +
            """"completed":${batch.good},"failed":${batch.answers.size - batch.good}},""" +
            """"metadata":${if (keepsMetadata) body["metadata"] else null}}"""
    }

    private fun statusOf(batch: PlayedBatch): String = when (batch.end) {
        PlayedBatch.End.COMPLETED -> "completed"

        PlayedBatch.End.EXPIRED -> "expired"

        PlayedBatch.End.CANCELLED -> "cancelled"

        PlayedBatch.End.REFUSED -> "failed"

        null -> if (batch.isCancelled) {
            "cancelling"
        } else if (batch.hasBegun) {
            "in_progress"
        } else {
            "validating"
        }
    }

    private fun nowhere(id: String) = OpenAiReplies.error(404, "No such object: $id", "invalid_request_error", null)

    private fun seconds(millis: Long) = millis / 1000

    private fun JsonObject.text(name: String) = (this[name] as? JsonPrimitive)?.contentOrNull.orEmpty()

    /** Usable after so many [looks]. */
    private class PlayedFile(val id: String, val name: String, val text: String, var looks: Int)

    private companion object {
        const val DAY_SECONDS = 86_400
    }
}
