package dev.tandem

import dev.tandem.provider.openai.OpenAi
import dev.tandem.testing.FakeServer
import dev.tandem.testing.MuteServer
import dev.tandem.testing.OpenAiReplies
import dev.tandem.testing.Reply
import dev.tandem.tool.offering
import dev.tandem.tool.tool
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.types.shouldBeInstanceOf
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Runnable
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import java.util.concurrent.LinkedBlockingDeque
import java.util.concurrent.TimeUnit
import java.util.concurrent.TimeoutException
import kotlin.coroutines.CoroutineContext

/** Whoever gives up, and whenever: within a second the server sees the socket close. */
class CancellationSpec :
    FunSpec({
        fun abandoned(name: String, body: suspend Scene.() -> Unit) = test(name) { Scene().use { it.body() } }

        test("a cancelled coroutine, while connecting, plain and as a stream") {
            MuteServer.start().use { mute ->
                AiClient(OpenAi.compatible(mute.url, KEY)) { model = "fake-1" }.use { connecting ->
                    for (ask in listOf<suspend () -> Unit>({ connecting.generate("Hi") }, { connecting.stream("Hi").collect() })) {
                        coroutineScope {
                            val call = launch { ask() }
                            withContext(Dispatchers.IO) { mute.awaitConnection() }
                            call.cancelAndJoin()
                        }
                        withContext(Dispatchers.IO) { mute.awaitHangUp(BOUND_MILLIS) }
                    }
                }
            }
        }

        abandoned("a cancelled coroutine, before the head of a plain answer") {
            server.enqueue(Reply.silence())
            coroutineScope {
                val call = launch { client.generate("Hi") }
                awaitRequest()
                call.cancelAndJoin()
            }
            awaitHangUp()
        }

        abandoned("a cancelled coroutine, when the head has come but nobody has told it yet") {
            val thread = StoppableDispatcher()
            server.answering {
                thread.stop()
                OpenAiReplies.streamThenHold("one")
            }
            coroutineScope {
                val call = launch(thread) { client.stream("Hi").collect() }
                withContext(Dispatchers.IO) { thread.awaitWork() }
                call.cancel()
                thread.goOn()
                call.join()
            }
            awaitHangUp()
        }

        abandoned("a cancelled coroutine, within a plain answer") {
            server.enqueue(OpenAiReplies.chat("long").holdAt(200))
            coroutineScope {
                val call = launch { client.generate("Hi") }
                awaitRequest()
                call.cancelAndJoin()
            }
            awaitHangUp()
        }

        abandoned("a cancelled collector, before the head of a stream") {
            server.enqueue(Reply.silence())
            coroutineScope {
                val call = launch { client.stream("Hi").collect() }
                awaitRequest()
                call.cancelAndJoin()
            }
            awaitHangUp()
        }

        abandoned("a cancelled collector, in mid-stream") {
            server.enqueue(OpenAiReplies.streamThenHold("one"))
            val first = CompletableDeferred<String>()
            coroutineScope {
                val call = launch { client.streamText("Hi").collect { first.complete(it) } }
                first.await() shouldBe "one"
                call.cancelAndJoin()
            }
            awaitHangUp()
        }

        abandoned("a cancelled collector, within a tool that asks again") {
            server.enqueue(OpenAiReplies.streamToolCall("c", "ask", "{}"), Reply.silence())
            val tool = tool("ask") { client.generate("And?") }
            coroutineScope {
                val call = launch { client.stream("Hi", offering(tool)).collect() }
                repeat(2) { awaitRequest() }
                call.cancelAndJoin()
            }
            awaitHangUp()
        }

        abandoned("a reason for the cancellation does not make it a failure") {
            server.enqueue(OpenAiReplies.streamThenHold("one"))
            val first = CompletableDeferred<String>()
            coroutineScope {
                val outcome = CompletableDeferred<Throwable?>()
                val call = launch {
                    outcome.complete(runCatching { client.streamText("Hi").collect { first.complete(it) } }.exceptionOrNull())
                }
                first.await()
                call.cancel(CancellationException("too late", TimeoutException("orTimeout")))
                outcome.await().shouldBeInstanceOf<CancellationException>()
            }
            client.stats().cancelled shouldBe 1
            awaitHangUp()
        }

        abandoned("a collector that has enough") {
            server.enqueue(OpenAiReplies.streamThenHold("one", "two", "three"))
            client.streamText("Hi").first() shouldBe "one"
            awaitHangUp()
            server.enqueue(OpenAiReplies.streamThenHold("one", "two", "three"))
            client.streamText("Hi").take(2).toList() shouldBe listOf("one", "two")
            awaitHangUp()
        }

        abandoned("a collector that fails: its own exception, untouched") {
            server.enqueue(OpenAiReplies.streamThenHold("one"))
            val mine = IllegalArgumentException("mine")
            shouldThrow<IllegalArgumentException> { client.stream("Hi").collect { throw mine } } shouldBe mine
            awaitHangUp()
        }

        abandoned("the client's end, before the head and in mid-stream: an IllegalStateException for the caller, who goes on") {
            for ((reply, isStream) in listOf(
                Reply.silence() to false,
                Reply.silence() to true,
                OpenAiReplies.streamThenHold("one") to true,
            )) {
                val closing = clientOf(server)
                server.enqueue(reply)
                coroutineScope {
                    val call =
                        async {
                            shouldThrow<IllegalStateException> { if (isStream) closing.stream("Hi").collect() else closing.generate("Hi") }
                        }
                    awaitRequest()
                    closing.close()
                    call.await().message!! shouldContain "closed while this call was under way"
                }
                awaitHangUp()
            }
        }

        abandoned("a stream that was read to its end leaves its connection for the next") {
            val before = server.connectionCount
            clientOf(server).use { fresh ->
                repeat(5) {
                    server.enqueue(OpenAiReplies.stream("a", "b"), OpenAiReplies.chat("c"))
                    fresh.streamText("Hi").toList() shouldBe listOf("a", "b")
                    fresh.generate("Hi") shouldBe "c"
                }
            }
            server.connectionCount - before shouldBe 1
        }

        abandoned("a server that says [DONE] and then stays silent does not hold the caller") {
            server.enqueue(Reply.streamThenHold(OpenAiReplies.chunks("a") + OpenAiReplies.event("[DONE]")))
            client.streamText("Hi").toList() shouldBe listOf("a")
            awaitHangUp()
        }
    })

private const val BOUND_MILLIS = 1_000L

/** A server and its client, both new for each test. */
private class Scene : AutoCloseable {
    val server = FakeServer.start()
    val client = clientOf(server)

    suspend fun awaitRequest() = withContext(Dispatchers.IO) { server.awaitRequest() }

    suspend fun awaitHangUp() = withContext(Dispatchers.IO) { server.awaitHangUp(BOUND_MILLIS) }

    override fun close() {
        client.close()
        server.close()
    }
}

/** Dispatches to others' threads, or, while it is stopped, keeps what there is to do. */
private class StoppableDispatcher : CoroutineDispatcher() {
    private val waiting = LinkedBlockingDeque<Runnable>()

    @Volatile private var isStopped = false

    fun stop() {
        isStopped = true
    }

    /** Comes back when there is something to do. */
    fun awaitWork() = waiting.putFirst(checkNotNull(waiting.pollFirst(BOUND_MILLIS, TimeUnit.MILLISECONDS)) { "nothing has come" })

    fun goOn() {
        isStopped = false
        generateSequence(waiting::poll).forEach { it.run() }
    }

    override fun dispatch(context: CoroutineContext, block: Runnable) {
        if (isStopped) waiting += block else Dispatchers.Default.dispatch(context, block)
    }
}
