package dev.tandem.provider.locallab

import dev.tandem.AiClient
import dev.tandem.error.AiException
import dev.tandem.error.ConnectionRefusedException
import dev.tandem.error.IncompleteStreamException
import dev.tandem.error.InvalidRequestException
import dev.tandem.error.OverloadedException
import dev.tandem.error.ServerException
import dev.tandem.error.TimeLimitException
import dev.tandem.error.UnauthorizedException
import dev.tandem.error.UnexpectedContentException
import dev.tandem.locallab.LocalLabServer
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatRequest
import dev.tandem.model.Timer
import dev.tandem.testing.FakeServer
import dev.tandem.testing.LocalLabReplies
import dev.tandem.testing.Reply
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.toList
import java.util.concurrent.CountDownLatch
import kotlin.time.Duration.Companion.milliseconds

/** What the original client got wrong, each as a test. Those of its blocking side are with the Java layer. */
class TrapsSpec :
    FunSpec({
        val server = autoClose(FakeServer.start())
        val client = autoClose(labClient(server))
        val conversation = ChatRequest
            .builder()
            .user("Hi")
            .assistant("Hello")
            .user("And?")
            .build()

        test("words are not glued together") {
            server.enqueue(LocalLabReplies.stream("The ", "quick ", " brown"))
            client.streamText("Hi").toList() shouldBe listOf("The ", "quick ", " brown")
        }

        test("a line break is not left escaped") {
            server.enqueue(LocalLabReplies.stream("one\ntwo", "\n\nthree"))
            client.streamText("Hi").toList() shouldBe listOf("one\ntwo", "\n\nthree")
        }

        test("[ERROR] is not text, whichever part of the server says it") {
            server.enqueue(
                LocalLabReplies.streamThenError("CUDA out of memory", "Hel"),
                LocalLabReplies.streamThenFailure("CUDA out of memory", "Hel"),
                LocalLabReplies.chatStreamThenError("CUDA out of memory", "Hel"),
            )
            for (request in listOf(ChatRequest.of("Hi"), ChatRequest.of("Hi"), conversation)) {
                val seen = mutableListOf<String>()
                val error = shouldThrow<ServerException> { client.streamText(request).collect { seen += it } }
                seen.joinToString("") shouldBe "Hel"
                error.partial!!.text shouldBe "Hel"
                error.message shouldBe "locallab: CUDA out of memory"
                error.partial!!.metadata["x-request-count"] shouldBe "7"
            }
        }

        test("a streamed chat is not empty") {
            server.enqueue(LocalLabReplies.chatStream("Hel", "lo", " there"))
            client.streamText(conversation).toList().joinToString("") shouldBe "Hello there"
            server.enqueue(LocalLabReplies.chatStream("Hel", "lo", " there"))
            val events = client.stream(conversation).toList()
            (events.last() as ChatEvent.Completed).response.run {
                text shouldBe "Hello there"
                metadata["x-process-time"] shouldBe "0.0123"
            }
        }

        test("unloading is not always a failure") {
            server.enqueue(LocalLabReplies.status("success", "Model unloaded"))
            LocalLabServer.of(labClient(server)).use { it.unload() } shouldBe true
        }

        test("clients are usable in a resource block, and closed after it") {
            server.enqueue(LocalLabReplies.generate("Hello"), LocalLabReplies.status("healthy", ""))
            val ai = labClient(server)
            ai.use { it.generate("Hi") } shouldBe "Hello"
            shouldThrow<IllegalStateException> { ai.generate("Hi") }
            val lab = LocalLabServer(labAt(server))
            lab.use { it.health() }
            shouldThrow<IllegalStateException> { lab.health() }
        }

        test("failures differ by their types") {
            suspend fun failure(reply: Reply): AiException {
                server.enqueue(reply)
                return shouldThrow<AiException> { client.generate("Hi") }
            }
            val failures = listOf(
                failure(LocalLabReplies.error(400, "No model is currently loaded")),
                failure(LocalLabReplies.error(401, "no")),
                failure(LocalLabReplies.error(500, "no")),
                failure(LocalLabReplies.error(503, "no")),
                failure(Reply.of(200, "text/html", "<html></html>")),
                shouldThrow<AiException> {
                    val gone = FakeServer.start().use { it.root }
                    AiClient(LocalLab.at(gone)).use { it.generate("Hi") }
                },
            )
            failures.map { it::class } shouldBe listOf(
                InvalidRequestException::class,
                UnauthorizedException::class,
                ServerException::class,
                OverloadedException::class,
                UnexpectedContentException::class,
                ConnectionRefusedException::class,
            )
        }

        for ((name, request, reply) in listOf(
            Triple("generate", ChatRequest.of("Hi"), LocalLabReplies.streamThenHold("Hel", "lo")),
            Triple("chat", conversation, LocalLabReplies.chatStreamThenHold("Hel", "lo")),
        )) {
            test("a timeout in the midst of $name is told, and never asks again or repeats the text") {
                labClient(server) { timer(Timer.IDLE, 100.milliseconds) }.use { impatient ->
                    val before = server.requests.size
                    server.enqueue(reply)
                    val seen = mutableListOf<String>()
                    val error = shouldThrow<TimeLimitException> { impatient.streamText(request).collect { seen += it } }
                    error.timer shouldBe Timer.IDLE
                    error.partial!!.text shouldBe "Hello"
                    seen.joinToString("") shouldBe "Hello"
                    server.requests.size - before shouldBe 1
                }
            }
        }

        for ((name, request, cut) in listOf(
            Triple("generate", ChatRequest.of("Hi"), LocalLabReplies.stream("Hel", "lo") to BEFORE_DONE),
            Triple("chat", conversation, LocalLabReplies.chatStream("Hel", "lo") to BEFORE_END),
        )) {
            test("a connection of $name that drops is told, and is no text") {
                val (reply, missing) = cut
                for (isReset in listOf(false, true)) {
                    val heard = CountDownLatch(1)
                    val count = reply.size - missing
                    server.enqueue(if (isReset) reply.resetAt(count, heard) else reply.cutAt(count, heard))
                    val seen = mutableListOf<String>()
                    val error = shouldThrow<IncompleteStreamException> {
                        client.streamText(request).collect {
                            seen += it
                            heard.countDown()
                        }
                    }
                    seen.joinToString("") shouldNotContain "Error"
                    error.partial!!.text shouldBe seen.joinToString("")
                    error.isRetryable shouldBe true
                }
            }
        }

        test("an end without an end marker is told") {
            server.enqueue(LocalLabReplies.streamWithoutEnd("Hel", "lo"))
            shouldThrow<IncompleteStreamException> { client.streamText("Hi").toList() }.message!! shouldContain "without its end marker"
        }

        test("a stream does nothing before it is collected, and closes its socket when the collector has enough") {
            val before = server.requests.size
            val stream = client.streamText("Hi")
            server.requests.size shouldBe before
            server.enqueue(LocalLabReplies.streamThenHold("one", "two"))
            stream.first() shouldBe "one"
            server.awaitHangUp()
        }
    })

/** In bytes: the end of the body alone, or the end marker too. */
private const val BEFORE_END = 8
private const val BEFORE_DONE = 30
