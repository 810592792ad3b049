package dev.tandem.platform

import dev.tandem.AiClient
import dev.tandem.KEY
import dev.tandem.clientOf
import dev.tandem.error.TimeLimitException
import dev.tandem.model.ChatRequest
import dev.tandem.model.Timer
import dev.tandem.model.options
import dev.tandem.provider.openai.OpenAi
import dev.tandem.resilience.RetryPolicy
import dev.tandem.testing.FakeServer
import dev.tandem.testing.MuteServer
import dev.tandem.testing.OpenAiReplies
import dev.tandem.testing.Reply
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import java.net.InetAddress
import java.net.ServerSocket
import java.net.Socket
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/** The default engine tells how far a real exchange has come, so that the right timer runs. */
class EngineTimersSpec :
    FunSpec({
        val short = 150.milliseconds
        val loopback = InetAddress.getLoopbackAddress()

        suspend fun timerOf(url: String, prompt: String, timer: Timer): Timer = AiClient(OpenAi.compatible(url, KEY)) {
            model = "fake-1"
            retry = RetryPolicy.NONE
            Timer.entries.forEach { timer(it, 30.seconds) }
            timer(timer, short)
        }.use { client -> shouldThrow<TimeLimitException> { client.chat(ChatRequest.of(prompt)) }.timer }

        test("CONNECT, where nobody takes the connection") {
            ServerSocket(0, 1, loopback).use { full ->
                // So many that the next one has to wait.
                val waiting = List(3) { Socket().apply { runCatching { connect(full.localSocketAddress, 100) } } }
                timerOf("http://127.0.0.1:${full.localPort}/v1", "Hi", Timer.CONNECT) shouldBe Timer.CONNECT
                waiting.forEach(Socket::close)
            }
        }

        test("CONNECT, where nobody answers to TLS") {
            MuteServer.start().use { timerOf(it.url, "Hi", Timer.CONNECT) shouldBe Timer.CONNECT }
        }

        test("WRITE, where nobody reads") {
            ServerSocket(0, 1, loopback).use { deaf ->
                timerOf("http://127.0.0.1:${deaf.localPort}/v1", "x".repeat(32 * 1024 * 1024), Timer.WRITE) shouldBe Timer.WRITE
            }
        }

        test("FIRST_BYTE, where nobody answers, on a new connection and on one that was used before") {
            FakeServer.start().use { server ->
                clientOf(server).use { client ->
                    val hasty = options { timer(Timer.FIRST_BYTE, short) }

                    suspend fun ranOut() = shouldThrow<TimeLimitException> { client.generate("Hi", hasty) }.timer
                    server.enqueue(Reply.silence(), OpenAiReplies.chat("ok"), Reply.silence())
                    ranOut() shouldBe Timer.FIRST_BYTE
                    client.chat(ChatRequest.of("Hi")).text shouldBe "ok"
                    ranOut() shouldBe Timer.FIRST_BYTE
                    server.connectionCount shouldBe 2
                }
            }
        }

        test("IDLE, where the answer stops") {
            FakeServer.start().use { server ->
                server.always(OpenAiReplies.chat("Hello").holdAt(200))
                timerOf(server.url, "Hi", Timer.IDLE) shouldBe Timer.IDLE
            }
        }
    })
