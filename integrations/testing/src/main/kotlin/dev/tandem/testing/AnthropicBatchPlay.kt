package dev.tandem.testing

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.contentOrNull
import java.time.Instant

/** Anthropic's message batches: `/messages/batches`, and results when a batch has ended. */
public class AnthropicBatchPlay : BatchPlay() {
    /** By which name the client calls this server. */
    private var host = ""

    /** There is nothing to be seen of it. */
    override fun begin(batch: String): Unit = synchronized(this) { theBatch(batch).hasBegun = true }

    override fun serve(request: FakeRequest): Reply {
        host = request.header("host").orEmpty()
        val path = request.path
            .substringBefore('?')
            .removePrefix("/v1/messages/batches")
            .trimStart('/')
        val id = path.substringBefore('/')
        val batch = kept[id]
        return when ("${request.method} ${path.replaceFirst(id, if (id.isEmpty()) "" else "ID")}") {
            "POST " -> make(Json.parseToJsonElement(request.body) as JsonObject)
            "GET " -> list(request)
            "GET ID" -> batch?.let { Reply.json(jsonOf(it)) } ?: nowhere(id)
            "GET ID/results" -> batch?.let(::results) ?: nowhere(id)
            "POST ID/cancel" -> batch?.let(::cancel) ?: nowhere(id)
            else -> AnthropicReplies.error(404, "Not Found")
        }
    }

    override fun say(text: String): Reply = AnthropicReplies.chat(text)

    private fun make(body: JsonObject): Reply {
        val requests = (body["requests"] as? JsonArray).orEmpty().map { it as JsonObject }
        val ids = requests.map { (it["custom_id"] as? JsonPrimitive)?.contentOrNull.orEmpty() }
        ids.firstOrNull { !CUSTOM_ID.matches(it) }?.let {
            return AnthropicReplies.error(400, "requests.0.custom_id: String should match pattern '${CUSTOM_ID.pattern}', but is '$it'")
        }
        if (ids.distinct().size < ids.size) return AnthropicReplies.error(400, "requests: custom_id must be unique within the batch")
        val batch = PlayedBatch("msgbatch_${kept.size + 1}", ids.zip(requests.map { it["params"] as JsonObject }), nowMillis())
        kept[batch.id] = batch
        return Reply.json(jsonOf(batch))
    }

    private fun list(request: FakeRequest): Reply {
        val asked = request.path.substringAfter("after_id=", "").substringBefore('&')
        val all = kept.values.reversed()
        val page = all.drop(all.indexOfFirst { it.id == asked } + 1)
        val shown = page.take(pageSize)
        return Reply.json(
            shown.joinToString(",", """{"data":[""", "]", transform = ::jsonOf) + ""","has_more":${page.size > shown.size},""" +
                """"first_id":${shown.firstOrNull()?.let { quoted(it.id) }},"last_id":${shown.lastOrNull()?.let { quoted(it.id) }}}""",
        )
    }

    private fun cancel(batch: PlayedBatch): Reply {
        if (batch.end != null) return AnthropicReplies.error(400, "Batch ${batch.id} has already ended and cannot be canceled.")
        batch.isCancelled = true
        return Reply.json(jsonOf(batch))
    }

    private fun results(batch: PlayedBatch): Reply {
        if (batch.end == null) return AnthropicReplies.error(400, "Batch ${batch.id} has not ended.")
        val lines = batch.requests.indices
            .filter { it !in lost }
            .reversed()
            .map { lineOf(batch, it) }
        return Reply.of(200, "application/x-jsonl", lines.joinToString("\n"), "request-id", "req_results")
    }

    private fun lineOf(batch: PlayedBatch, index: Int): String {
        val answer = batch.answers.getOrNull(index)
        val result = when {
            answer == null -> """{"type":"${if (batch.end == PlayedBatch.End.EXPIRED) "expired" else "canceled"}"}"""
            answer.status == PlayedBatch.SUCCESS -> """{"type":"succeeded","message":${answer.body}}"""
            else -> """{"type":"errored","error":${answer.body}}"""
        }
        return """{"custom_id":"${batch.requests[index].first}","result":$result}"""
    }

    private fun jsonOf(batch: PlayedBatch): String {
        val rest = batch.requests.size - batch.answers.size
        val ended = batch.end?.let { quoted(time(batch.madeAtMillis)) }
        val status = if (batch.end != null) {
            "ended"
        } else if (batch.isCancelled) {
            "canceling"
        } else {
            "in_progress"
        }
        return """{"id":"${batch.id}","type":"message_batch","processing_status":"$status","request_counts":{""" +
            """"processing":${if (batch.end == null) batch.requests.size else 0},"succeeded":${batch.good},""" +
            """"errored":${batch.answers.size - batch.good},"canceled":${if (batch.end == PlayedBatch.End.CANCELLED) rest else 0},""" +
            """"expired":${if (batch.end == PlayedBatch.End.EXPIRED) rest else 0}},"ended_at":$ended,""" +
            """"created_at":"${time(batch.madeAtMillis)}","expires_at":"${time(batch.madeAtMillis + DAY_MILLIS)}","archived_at":null,""" +
            """"cancel_initiated_at":${if (batch.isCancelled) quoted(time(batch.madeAtMillis)) else null},""" +
            """"results_url":${ended?.let { quoted("http://$host/v1/messages/batches/${batch.id}/results") }}}"""
    }

    private fun time(millis: Long): String = Instant.ofEpochMilli(millis).toString()

    private fun nowhere(id: String) = AnthropicReplies.error(404, "There is no message batch $id")

    private companion object {
        const val DAY_MILLIS = 86_400_000L
        val CUSTOM_ID = Regex("^[a-zA-Z0-9_-]{1,64}$")
    }
}
