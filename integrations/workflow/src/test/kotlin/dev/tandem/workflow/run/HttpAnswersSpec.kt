package dev.tandem.workflow.run

import dev.tandem.testing.FakeServer
import dev.tandem.testing.Reply
import dev.tandem.workflow.FailurePolicy
import dev.tandem.workflow.HttpNode
import dev.tandem.workflow.drawing.Timeline
import dev.tandem.workflow.executorOf
import dev.tandem.workflow.http
import dev.tandem.workflow.transform
import dev.tandem.workflow.workflow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import io.ktor.client.engine.okhttp.OkHttp
import java.net.SocketTimeoutException

class HttpAnswersSpec :
    StringSpec({
        suspend fun run(reply: Reply, more: HttpNode.Builder.() -> Unit = {}): WorkflowResult = FakeServer.start().use { server ->
            server.always(reply)
            val flow = workflow("w") {
                http("get") {
                    url = server.url
                    more()
                }
            }
            executorOf().use { it.execute(flow) }
        }

        "a header that cannot be sent is named, and what is in it is told nowhere" {
            for (token in listOf("SECRET\r\nX-Evil: 1", "SECRET\u00e9", "SECRET\u0000")) {
                val flow = workflow("w") {
                    http("get") {
                        url = "http://127.0.0.1:1/"
                        header("X-Key", "key {{input.token}}")
                    }
                }
                val result = executorOf().use { it.execute(flow, mapOf("token" to token)) }
                result.error?.message shouldContain "the header 'X-Key' of 'get' has at 11 what no header can have (U+00"
                val all = result.error?.stackTraceToString() + result + result.nodes + result.node("get")?.timeline + Timeline.svg(result)
                all shouldNotContain "SECRET"
            }
        }

        "what is longer than it may be is refused by its bytes, and never cut" {
            val umlauts = Reply.of(200, "text/plain", "ä".repeat(10))
            run(umlauts) { maxBytes(12) }.error?.message shouldContain "what 'get' got is longer than 12 bytes"
            run(umlauts) { maxBytes(20) }.nodeText("get") shouldBe "ä".repeat(10)
            run(umlauts) { maxBytes(Long.MAX_VALUE) }.nodeText("get") shouldBe "ä".repeat(10)
        }

        "a text is read as the server says it is written" {
            fun latin(type: String) = Reply.inPieces(200, type, listOf("café".toByteArray(Charsets.ISO_8859_1)))
            run(latin("text/plain; Charset=\"ISO-8859-1\"")).nodeText("get") shouldBe "café"
            run(latin("text/plain; charset=no such thing")).nodeText("get") shouldBe "caf\ufffd"
            run(Reply.json("\ufeff{\"a\":1}")).nodeText("get") shouldBe "{\"a\":1}"
        }

        "an address without a host goes nowhere" {
            for (wrong in listOf("http://", "https:///x", "http://?a=b", "http://:80/")) {
                val result = executorOf().use { it.execute(workflow("w") { http("get") { url = wrong } }) }
                result.error?.message shouldContain "the address of 'get' has no host: '$wrong'"
            }
        }

        "a node's time limit is the only one where it has one, and no address is told where the engine's is over" {
            val patience = ArrayList<Int>()
            val engine = OkHttp.create {
                config {
                    addInterceptor { chain ->
                        patience += chain.readTimeoutMillis()
                        throw SocketTimeoutException("of SECRET")
                    }
                }
            }
            val flow = workflow("w") {
                http("patient") {
                    url = "http://127.0.0.1:1/?key=SECRET"
                    timeoutMillis(60_000)
                    onFailure(FailurePolicy.SKIP_DESCENDANTS)
                }
            }
            val other = workflow("w") { http("get") { url = "http://127.0.0.1:1/?key=SECRET" } }
            executorOf { httpEngine(engine) }.use {
                it.execute(flow)
                val message = it.execute(other).error?.message
                message shouldContain "'get' has heard nothing for too long: set its timeoutMillis, and it waits as long as that"
                message.orEmpty() shouldNotContain "SECRET"
            }
            engine.close()
            patience shouldContainExactly listOf(0, 10_000)
        }

        "a closed executor sends nothing, and says so" {
            val executor = executorOf()
            val result = executor.execute(
                workflow("w") {
                    val close = transform("close") { executor.close().let { 1 } }
                    http("get", close) { url = "http://127.0.0.1:1/" }
                },
            )
            result.error?.message shouldContain "the executor was closed, so 'get' can send nothing"
        }
    })
