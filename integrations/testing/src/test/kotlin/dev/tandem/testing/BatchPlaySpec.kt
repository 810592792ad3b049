package dev.tandem.testing

import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import java.io.IOException
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse
import java.net.http.HttpResponse.BodyHandlers

/** Batches of two providers, seen by a client that is not ours. */
class BatchPlaySpec :
    FunSpec({
        val http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()

        class Visit(play: BatchPlay) : AutoCloseable {
            val server = FakeServer.start().answering(play::answer)

            fun send(method: String, path: String, body: String = "", type: String = "application/json"): HttpResponse<String> {
                val request = HttpRequest.newBuilder(URI(server.url + path)).header("Content-Type", type)
                return http.send(request.method(method, BodyPublishers.ofString(body)).build(), BodyHandlers.ofString())
            }

            fun json(method: String, path: String, body: String = ""): JsonObject =
                Json.parseToJsonElement(send(method, path, body).body()).jsonObject

            override fun close() = server.close()
        }

        fun JsonObject.text(name: String) = getValue(name).jsonPrimitive.content

        fun upload(visit: Visit, vararg lines: String): String {
            val form = "--b\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n" +
                "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jsonl\"\r\nContent-Type: text/plain\r\n\r\n" +
                lines.joinToString("") { it + "\n" } + "\r\n--b--\r\n"
            val file = visit.send("POST", "/files", form, "multipart/form-data; boundary=b").body()
            return Json.parseToJsonElement(file).jsonObject.text("id")
        }

        fun line(id: String, model: String = "m", url: String = "/v1/chat/completions") =
            """{"custom_id":"$id","method":"POST","url":"$url",""" +
                """"body":{"model":"$model","messages":[{"role":"user","content":"ask $id"}]}}"""

        fun create(visit: Visit, file: String) = visit.json(
            "POST",
            "/batches",
            """{"input_file_id":"$file","endpoint":"/v1/chat/completions","completion_window":"24h","metadata":{"a":"b"}}""",
        )

        test("OpenAI's batches go from file to file, as far as they are told to") {
            val play = OpenAiBatchPlay()
            Visit(play).use { visit ->
                val batch = create(visit, upload(visit, line("x"), line("y"), line("z")))
                batch.text("status") shouldBe "validating"
                batch.getValue("metadata").jsonObject.text("a") shouldBe "b"
                val id = play.batches.single()
                play.begin(id)
                visit.json("GET", "/batches/$id").text("status") shouldBe "in_progress"
                play.complete(id) { body ->
                    if ("ask y" in
                        body
                    ) {
                        OpenAiReplies.error(400, "no", "bad", null)
                    } else {
                        OpenAiReplies.chat("yes")
                    }
                }
                val done = visit.json("GET", "/batches/$id")
                done.text("status") shouldBe "completed"
                val answers = visit.send("GET", "/files/${done.text("output_file_id")}/content").body()
                answers.trim().lines().map { Json.parseToJsonElement(it).jsonObject.text("custom_id") } shouldContainExactly
                    listOf("z", "x")
                visit.send("GET", "/files/${done.text("error_file_id")}/content").body() shouldContain "\"status_code\":400"
                visit.send("POST", "/batches/$id/cancel").statusCode() shouldBe 409
                visit.send("GET", "/batches/batch_9").statusCode() shouldBe 404
            }
        }

        test("what OpenAI does not take, the play does not take") {
            val play = OpenAiBatchPlay()
            Visit(play).use { visit ->
                create(visit, upload(visit, line("x"), line("y", url = "/v1/responses")))
                create(visit, upload(visit, line("x", "m-1"), line("y", "m-2")))
                val errors = play.batches.map { visit.json("GET", "/batches/$it") }.map { batch ->
                    batch.text("status") to
                        batch
                            .getValue("errors")
                            .jsonObject
                            .getValue("data")
                            .jsonArray
                            .map { it.jsonObject.text("code") }
                }
                errors shouldContainExactly listOf("failed" to listOf("invalid_url"), "failed" to listOf("mismatched_model"))
                visit.send("POST", "/batches", """{"input_file_id":"file-9"}""").statusCode() shouldBe 400
            }
        }

        test("Anthropic's batches show their results at the end, last to first") {
            val play = AnthropicBatchPlay()
            Visit(play).use { visit ->
                fun request(id: String) = """{"custom_id":"$id","params":{"model":"m","messages":[{"role":"user","content":"ask $id"}]}}"""
                val made = visit.json("POST", "/messages/batches", """{"requests":[${request("x")},${request("y")},${request("z")}]}""")
                val id = made.text("id")
                made.text("processing_status") shouldBe "in_progress"
                visit.send("GET", "/messages/batches/$id/results").statusCode() shouldBe 400
                visit.json("POST", "/messages/batches/$id/cancel").text("processing_status") shouldBe "canceling"
                play.endCancelled(id, 1)
                visit
                    .json("GET", "/messages/batches/$id")
                    .getValue("request_counts")
                    .jsonObject
                    .text("canceled") shouldBe "2"
                val lines = visit
                    .send("GET", "/messages/batches/$id/results")
                    .body()
                    .lines()
                    .map { Json.parseToJsonElement(it).jsonObject }
                lines.map { it.text("custom_id") + " " + it.getValue("result").jsonObject.text("type") } shouldContainExactly
                    listOf("z canceled", "y canceled", "x succeeded")
                visit.send("POST", "/messages/batches", """{"requests":[${request("a b")}]}""").body() shouldContain "custom_id"
                visit.send("POST", "/messages/batches", """{"requests":[${request("a")},${request("a")}]}""").body() shouldContain "unique"
            }
        }

        test("a request is refused and not done, or done and not answered, once each") {
            val play = AnthropicBatchPlay()
            Visit(play).use { visit ->
                val body = """{"requests":[{"custom_id":"a","params":{}}]}"""
                play.refuse("POST /v1/messages/batches", AnthropicReplies.error(529, "busy"))
                visit.send("POST", "/messages/batches", body).statusCode() shouldBe 529
                play.batches.size shouldBe 0
                play.spoil("POST") { it.cutAt(30) }
                shouldThrow<IOException> { visit.send("POST", "/messages/batches", body) }
                play.batches.size shouldBe 1
                visit.send("POST", "/messages/batches", body).statusCode() shouldBe 200
            }
        }

        test("lists come page by page") {
            val play = AnthropicBatchPlay().apply { pageSize = 2 }
            Visit(play).use { visit ->
                repeat(3) { visit.send("POST", "/messages/batches", """{"requests":[{"custom_id":"a","params":{}}]}""") }
                val first = visit.json("GET", "/messages/batches?limit=100")
                first.text("has_more") shouldBe "true"
                val second = visit.json("GET", "/messages/batches?limit=100&after_id=${first.text("last_id")}")
                second.text("has_more") shouldBe "false"
                second
                    .getValue("data")
                    .jsonArray
                    .single()
                    .jsonObject
                    .text("id") shouldBe play.batches.first()
            }
        }
    })
