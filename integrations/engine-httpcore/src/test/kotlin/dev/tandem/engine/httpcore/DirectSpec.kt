package dev.tandem.engine.httpcore

import dev.tandem.AiClient
import dev.tandem.error.ConnectionLostException
import dev.tandem.error.ServerException
import dev.tandem.generate
import dev.tandem.model.RawRequest
import dev.tandem.provider.openai.OpenAi
import dev.tandem.resilience.RetryPolicy
import dev.tandem.testing.FakeServer
import dev.tandem.testing.OpenAiReplies
import dev.tandem.testing.Reply
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.ktor.client.engine.HttpClientEngine
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.CountDownLatch
import java.util.concurrent.Executors

/** Tandem's client asks this engine without Ktor's in between, so what Ktor's did has to be done. */
class DirectSpec :
    FunSpec({
        timeout = 30_000

        fun clientOf(url: String, engine: HttpClientEngine) = AiClient(OpenAi.compatible(url, "sk-not-a-secret")) {
            model = "fake-1"
            this.engine = engine
            retry = RetryPolicy.NONE
        }

        test("the thread of whoever opens a connection may be busy: others get their answers") {
            FakeServer.startTls(Keys.server).use { server ->
                server.always(OpenAiReplies.chat("ok"))
                val single = Executors.newSingleThreadExecutor().asCoroutineDispatcher()
                HttpCore.create { sslContext = Keys.client }.use { engine ->
                    clientOf("https://localhost:${server.port}/v1", engine).use { client ->
                        val busy = CountDownLatch(1)
                        coroutineScope {
                            val first = async(single) { client.generate("Hi") }
                            launch(single) { busy.await() }
                            withContext(Dispatchers.Default) { client.generate("Hi") } shouldBe "ok"
                            busy.countDown()
                            first.await() shouldBe "ok"
                        }
                    }
                }
                single.close()
            }
        }

        test("a header goes out once, whatever its case, and the one set last") {
            val sent = CopyOnWriteArrayList<String>()
            RawServer {
                sent += request().orEmpty()
                say("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n")
            }.use { server ->
                HttpCore.create {}.use { engine ->
                    clientOf(server.url, engine).use { client ->
                        shouldThrow<ServerException> {
                            client.generate("Hi") {
                                header("authorization", "Token t")
                                header("user-agent", "mine")
                            }
                        }
                    }
                }
            }
            val names = listOf("authorization", "user-agent")
            sent.single().lines().filter { line -> names.any { line.startsWith("$it:", ignoreCase = true) } } shouldContainExactly listOf(
                "authorization: Token t",
                "user-agent: mine",
            )
        }

        test("what may be sent once is not sent anew where a kept connection closes on it") {
            FakeServer.start().use { server ->
                HttpCore.create {}.use { engine ->
                    clientOf(server.url, engine).use { client ->
                        val request = RawRequest.post("/batches", "{}")
                        server.enqueue(Reply.json("{}"), Reply.json("{}").cutAt(0), Reply.json("{}"))
                        client.send(request)
                        client.send(request)
                        server.requests.size shouldBe 3
                        server.enqueue(Reply.json("{}").cutAt(0))
                        shouldThrow<ConnectionLostException> { client.send(request.once()) }
                        server.requests.size shouldBe 4
                    }
                }
            }
        }

        test("an engine that is closed sends nothing, although it has a connection") {
            FakeServer.start().use { server ->
                server.always(OpenAiReplies.chat("ok"))
                val engine = HttpCore.create {}
                clientOf(server.url, engine).use { client ->
                    client.generate("Hi") shouldBe "ok"
                    engine.close()
                    shouldThrow<Exception> { client.generate("Hi") }
                }
                server.requests.size shouldBe 1
            }
        }
    })
