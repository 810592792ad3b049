package dev.tandem.provider.replicate

import dev.tandem.AiClient
import dev.tandem.KEY
import dev.tandem.error.ServerException
import dev.tandem.generate
import dev.tandem.model.ChatEvent
import dev.tandem.model.options
import dev.tandem.testing.FakeServer
import dev.tandem.testing.Reply
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext

/** Over real sockets: streams, other hosts, and giving up. */
class ReplicateSpec :
    FunSpec({
        fun clientOf(server: FakeServer) = AiClient(
            Replicate
                .builder()
                .apiKey(KEY)
                .baseUrl(server.url)
                .build(),
        ) { model = "o/n" }

        fun state(status: String, output: String, stream: String? = null) = Reply.of(
            201,
            "application/json",
            """{"id":"p1","status":"$status","output":$output,"urls":{"get":"https://elsewhere.example/p1"${
                stream?.let { ""","stream":"$it"""" }.orEmpty()
            }}}""",
        )

        fun output(text: String) = "event: output\nid: 1:0\n" + text.split("\n").joinToString("") { "data: $it\n" } + "\n"

        val done = "event: done\ndata: {}\n\n"

        /** What was asked, without the path of the base URL. */
        fun FakeServer.asked() = requests.map { "${it.method} ${it.path.removePrefix("/v1")}" }

        suspend fun FakeServer.awaitCancel() = withContext(Dispatchers.IO) {
            generateSequence { awaitRequest() }.first { it.path == "/v1/predictions/p1/cancel" }
        }

        test("P13 a stream of the same host: pieces word for word, then the prediction itself has the last word") {
            FakeServer.start().use { server ->
                server.enqueue(
                    state("starting", "null", "${server.url}/streams/p1"),
                    Reply.stream(listOf(output("a"), ": hi\n\n", output(" b\n\nc "), output("\n"), done)),
                    state("succeeded", """["a"," b\n\nc ","\n"]"""),
                )
                clientOf(server).use { it.stream("Hi").toList().dropLast(1) } shouldContainExactly
                    listOf(ChatEvent.Text("a"), ChatEvent.Text(" b\n\nc "), ChatEvent.Text("\n"))
                server.asked() shouldContainExactly listOf("POST /models/o/n/predictions", "GET /streams/p1", "GET /predictions/p1")
                server.requests.all { it.header("Authorization") == "Bearer $KEY" } shouldBe true
            }
        }

        test("P14 a stream of another host is called without the key, or any header of the caller's") {
            FakeServer.start().use { server ->
                FakeServer.start().use { other ->
                    server.enqueue(state("starting", "null", "http://localhost:${other.port}/p1?x=1"), state("succeeded", """["a"]"""))
                    other.enqueue(Reply.stream(listOf(output("a"), done)))
                    clientOf(server).use { client ->
                        client.streamText("Hi", options { header("X-Mine", "yes") }).toList() shouldBe listOf("a")
                    }
                    other.requests.single().run {
                        path shouldBe "/p1?x=1"
                        header("Authorization") shouldBe null
                        header("X-Mine") shouldBe null
                    }
                }
            }
        }

        test("P15 a stream that cannot be had, breaks off or talks nonsense: the prediction tells the rest") {
            for (reply in listOf(
                Reply.error(404, "{}"),
                Reply.of(200, "text/html", "<html>"),
                Reply.json("{}"),
                Reply.stream(listOf(output("a"))),
                Reply.stream(listOf(output("a"), "event: output\ndata: b")),
                Reply.stream(listOf(output("a"), "event: error\ndata: {\"detail\":\"x\"}\n\n")),
            )) {
                FakeServer.start().use { server ->
                    server.enqueue(state("starting", "null", "${server.url}/streams/p1"), reply, state("succeeded", """["a","bc"]"""))
                    clientOf(server).use { it.streamText("Hi").toList().joinToString("") } shouldBe "abc"
                }
            }
        }

        test("P16 a prediction that fails in mid-stream is a failure, with what had come") {
            FakeServer.start().use { server ->
                server.enqueue(
                    state("starting", "null", "${server.url}/streams/p1"),
                    Reply.stream(listOf(output("a"), "event: done\ndata: {\"reason\":\"error\"}\n\n")),
                    Reply.json("""{"id":"p1","status":"failed","output":["a"],"error":"out of memory"}"""),
                )
                clientOf(server).use { client ->
                    shouldThrow<ServerException> { client.stream("Hi").toList() }.partial!!.text shouldBe "a"
                }
            }
        }

        test("P17 giving up while it is asked for, or in mid-stream, reaches the server") {
            FakeServer.start().use { server ->
                server.enqueue(state("starting", "null"), Reply.silence(), Reply.json("{}"))
                clientOf(server).use { client ->
                    coroutineScope {
                        val call = launch { client.generate("Hi") }
                        withContext(Dispatchers.IO) { repeat(2) { server.awaitRequest() } }
                        call.cancelAndJoin()
                    }
                    server.awaitCancel()
                }
            }
            FakeServer.start().use { server ->
                server.enqueue(
                    state("starting", "null", "${server.url}/streams/p1"),
                    Reply.streamThenHold(listOf(output("a"), output("b"))),
                    Reply.json("{}"),
                )
                clientOf(server).use { client ->
                    client.streamText("Hi").take(1).toList() shouldBe listOf("a")
                    server.awaitCancel()
                    withContext(Dispatchers.IO) { server.awaitHangUp() }
                }
            }
        }

        test("P18 models through all pages, whose addresses are not followed") {
            FakeServer.start().use { server ->
                server.enqueue(
                    Reply.json("""{"next":"https://elsewhere.example/v1/models?cursor=c2","results":[{"owner":"o","name":"a"}]}"""),
                    Reply.json("""{"next":null,"results":[{"owner":"o","name":"b"}]}"""),
                )
                clientOf(server).use { client ->
                    client.models().map { it.id } shouldBe listOf("o/a", "o/b")
                    server.enqueue(Reply.json("""{"results":[]}"""))
                    client.list("/predictions").toList() shouldBe emptyList()
                }
                server.asked().take(2) shouldBe listOf("GET /models", "GET /models?cursor=c2")
            }
        }

        test("P19 warming up asks whose key it is") {
            FakeServer.start().use { server ->
                server.enqueue(Reply.json("""{"type":"user","username":"me"}"""))
                clientOf(server).use { it.warmUp() }
                server.asked() shouldBe listOf("GET /account")
            }
        }
    })
