package dev.tandem.restate.server

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.time.Duration

/** What a person does with curl. */
class Restate(private val ingress: String, private val admin: String) {
    private val client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()

    fun register(uri: String) = ask("POST", "$admin/deployments", """{"uri":"$uri"}""").ok()

    /** Returns the id of the invocation. */
    fun start(workflow: String, key: String, input: String): String {
        val answer = ask("POST", "$ingress/$workflow/$key/run/send", input).ok()
        return Json
            .parseToJsonElement(answer)
            .jsonObject
            .getValue("invocationId")
            .jsonPrimitive.content
    }

    fun answer(workflow: String, key: String, body: String): Answer = ask("POST", "$ingress/$workflow/$key/answer", body)

    /** Returns at once, whether or not somebody is there to hear it. */
    fun answerLater(workflow: String, key: String, body: String) = ask("POST", "$ingress/$workflow/$key/answer/send", body).ok()

    /** Waits for the end. */
    fun result(workflow: String, key: String): Answer = ask("GET", "$ingress/restate/workflow/$workflow/$key/attach")

    fun cancel(invocation: String) = ask("PATCH", "$admin/invocations/$invocation/cancel").ok()

    private fun query(sql: String): List<JsonObject> {
        val answer = ask("POST", "$admin/query", JsonObject(mapOf("query" to JsonPrimitive(sql))).toString()).ok()
        return Json
            .parseToJsonElement(answer)
            .jsonObject
            .getValue("rows")
            .jsonArray
            .map { it.jsonObject }
    }

    /** The names of the steps whose completion is in the journal. */
    fun kept(invocation: String): Set<String> {
        val names = HashMap<Int, String>()
        val kept = HashSet<Int>()
        for (entry in journal(invocation)) {
            entry["Command"]
                ?.jsonObject
                ?.get("Run")
                ?.jsonObject
                ?.let { names[it.int("completion_id")] = it.text("name") }
            val notice = entry["Notification"]?.jsonObject ?: continue
            if (notice["ty"].toString() == """{"Completion":"Run"}""") kept += notice.getValue("id").jsonObject.int("CompletionId")
        }
        return kept.map { names.getValue(it) }.toSet()
    }

    fun lastFailure(invocation: String): String =
        query("select last_failure from sys_invocation where id = '$invocation'").single()["last_failure"].toString()

    /** When the pause is over, as the journal has it. */
    fun wakeUp(invocation: String): String =
        journal(invocation).firstNotNullOf { it["Command"]?.jsonObject?.get("Sleep")?.jsonObject }.text("wake_up_time")

    private fun journal(invocation: String) = query("select entry_lite_json from sys_journal where id = '$invocation' order by index")
        .map { Json.parseToJsonElement(it.text("entry_lite_json")).jsonObject }

    private fun JsonObject.text(name: String) = getValue(name).jsonPrimitive.content

    private fun JsonObject.int(name: String) = text(name).toInt()

    private fun ask(method: String, uri: String, body: String? = null): Answer {
        val publisher = body?.let { HttpRequest.BodyPublishers.ofString(it) } ?: HttpRequest.BodyPublishers.noBody()
        val request = HttpRequest
            .newBuilder(URI(uri))
            .timeout(PATIENCE)
            .method(method, publisher)
            .header("Accept", "application/json")
        if (body != null) request.header("Content-Type", "application/json")
        val response = client.send(request.build(), HttpResponse.BodyHandlers.ofString())
        return Answer(response.statusCode(), response.body())
    }

    data class Answer(val status: Int, val body: String) {
        fun ok(): String = body.also { check(status < 300) { "$status: $body" } }
    }

    private companion object {
        val PATIENCE: Duration = Duration.ofSeconds(100)
    }
}
