package dev.tandem

import dev.tandem.error.MalformedResponseException
import dev.tandem.error.NotSupportedException
import dev.tandem.error.RateLimitedException
import dev.tandem.error.ServerException
import dev.tandem.model.RawRequest
import dev.tandem.model.options
import dev.tandem.testing.FakeServer
import dev.tandem.testing.OpenAiReplies
import dev.tandem.testing.Reply
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlin.time.Duration.Companion.milliseconds

/** Requests of the user's own, and lists that come in pages. */
class RawSpec :
    FunSpec({
        val server = autoClose(FakeServer.start())
        val client = autoClose(clientOf(server))

        fun page(first: Int, last: Int, hasMore: Boolean) = Reply.json(
            (first..last).joinToString(",", """{"object":"list","data":[""", """],"has_more":$hasMore}""") { """{"id":"file-$it"}""" },
        )

        test("a raw request has the client's address, key and headers, and its own body") {
            server.enqueue(Reply.json("""{"id":"b-1"}""", "x-of-server", "yes"))
            val request = RawRequest.post("/batches?dry=true", """{"input":"x"}""").withOptions(options { header("x-of-call", "1") })
            val response = client.send(request)
            response
                .json()
                .jsonObject["id"]!!
                .jsonPrimitive.content shouldBe "b-1"
            response.status shouldBe 200
            response.headers["x-of-server"] shouldBe "yes"
            val sent = server.requests.last()
            listOf(sent.method, sent.path, sent.body) shouldBe listOf("POST", "/v1/batches?dry=true", """{"input":"x"}""")
            sent.header("Authorization") shouldBe "Bearer $KEY"
            sent.header("x-of-call") shouldBe "1"
        }

        test("a raw request fails by the same types, and is counted") {
            client.resetStats()
            server.enqueue(OpenAiReplies.error(429, "slow down", "requests", "rate_limit_exceeded"))
            shouldThrow<RateLimitedException> { client.send(RawRequest.get("/files")) }.requestId shouldBe "req-1"
            client.stats().failed shouldBe 1
        }

        test("a body need not be JSON, nor be there at all") {
            server.enqueue(Reply.of(200, "application/octet-stream", "<a>"), Reply.of(204, "text/plain", ""))
            client.send(RawRequest.get("/files/1/content")).body shouldBe "<a>"
            client.send(RawRequest.delete("/files/1")).body shouldBe ""
            server.requests.last().method shouldBe "DELETE"
        }

        test("a file goes up as web forms send it, with the client's key") {
            server.enqueue(Reply.json("""{"id":"file-1"}"""))
            val file = byteArrayOf(0, 13, 10, -1) + "ä".encodeToByteArray()
            val request = RawRequest.upload(
                "/files",
                mapOf("purpose" to "batch", "a\"b" to "1\r\n2"),
                "so\nso.jsonl",
                "application/jsonl",
                file,
            )
            client.send(request).body shouldBe """{"id":"file-1"}"""
            val sent = server.requests.last()
            val boundary = sent.header("Content-Type")!!.removePrefix("multipart/form-data; boundary=")
            sent.header("Authorization") shouldBe "Bearer $KEY"
            val wanted = "--$boundary\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n" +
                "--$boundary\r\nContent-Disposition: form-data; name=\"a%22b\"\r\n\r\n1\r\n2\r\n" +
                "--$boundary\r\nContent-Disposition: form-data; name=\"file\"; filename=\"so%0Aso.jsonl\"\r\n" +
                "Content-Type: application/jsonl\r\n\r\n"
            sent.bytes.toList() shouldBe (wanted.encodeToByteArray() + file + "\r\n--$boundary--\r\n".encodeToByteArray()).toList()
            for (type in listOf("", "jsonl", "a/b\r\nx-evil: 1", "a /b")) {
                shouldThrow<IllegalArgumentException> { RawRequest.upload("/files", emptyMap(), "a", type, file) }.message!! shouldContain
                    "'$type'"
            }
        }

        test("what may be sent once is sent once, whatever becomes of it") {
            clientOf(server) { retry { firstPause = 1.milliseconds } }.use { patient ->
                val before = server.requests.size
                server.enqueue(Reply.error(500, "{}"), Reply.json("{}"), Reply.error(500, "{}"))
                patient.send(RawRequest.post("/batches", "{}")).status shouldBe 200
                val once = RawRequest.post("/batches", "{}").once().withOptions(options { header("x-of-call", "1") })
                once.isRetried shouldBe false
                shouldThrow<ServerException> { patient.send(once) }.attempts shouldBe 1
                server.requests.size - before shouldBe 3
            }
        }

        test("no path leads away from the provider") {
            val astray = listOf("https://elsewhere.example/", "//elsewhere.example/", "files", "/../admin", "/a/../../b", "/with space") +
                listOf("/%2e%2E/admin", "/.%2e?a", "/..\\admin", "/a#b", "/a?b=%zz", "/100%")
            for (path in astray) {
                shouldThrow<IllegalArgumentException> { RawRequest.get(path) }.message!! shouldContain "'$path'"
            }
            shouldThrow<IllegalArgumentException> { RawRequest.of("STEAL", "/", null) }.message!! shouldContain "'STEAL'"
            shouldThrow<IllegalArgumentException> { RawRequest.post("/", "{") }
        }

        test("a list is asked for page by page, as it is read") {
            val before = server.requests.size
            server.enqueue(page(1, 2, hasMore = true), page(3, 4, hasMore = true), page(5, 5, hasMore = false))
            client.list("/files?limit=2").map { it["id"]!!.jsonPrimitive.content }.toList() shouldBe (1..5).map { "file-$it" }
            server.requests.drop(before).map { it.path } shouldBe
                listOf("/v1/files?limit=2", "/v1/files?limit=2&after=file-2", "/v1/files?limit=2&after=file-4")
            server.enqueue(page(1, 2, hasMore = true))
            client
                .list("/files")
                .take(2)
                .toList()
                .size shouldBe 2
            server.requests.size - before shouldBe 4
        }

        test("whatever an id is made of, the next page begins after it") {
            fun page(id: String, hasMore: Boolean) = Reply.json("""{"data":[{"id":"$id"}],"has_more":$hasMore}""")
            server.enqueue(page("a+b&c=d 100%", hasMore = true), page("x", hasMore = false))
            client.list("/files").toList().size shouldBe 2
            server.requests.last().path shouldBe "/v1/files?after=a%2Bb%26c%3Dd%20100%25"
        }

        test("a list that goes in circles, or is none, is malformed") {
            server.enqueue(page(1, 1, hasMore = true), page(1, 1, hasMore = true), page(1, 1, hasMore = true))
            shouldThrow<MalformedResponseException> { client.list("/files").toList() }.message!! shouldContain "circles"
            server.enqueue(Reply.json("""{"id":"x"}"""))
            shouldThrow<MalformedResponseException> { client.list("/files/1").toList() }.message!! shouldContain "not a list"
        }

        test("a provider without HTTP says so") {
            AiClient(ScriptedTarget(0).provider()).use { scripted ->
                shouldThrow<NotSupportedException> { scripted.send(RawRequest.get("/")) }.message!! shouldContain "scripted"
                shouldThrow<NotSupportedException> { scripted.list("/").toList() }
            }
        }
    })
