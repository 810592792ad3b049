package dev.tandem.workflow.run

import dev.tandem.resilience.RetryPolicy
import dev.tandem.testing.FakeServer
import dev.tandem.testing.Reply
import dev.tandem.workflow.Workflow
import dev.tandem.workflow.agent
import dev.tandem.workflow.executorOf
import dev.tandem.workflow.http
import dev.tandem.workflow.transform
import dev.tandem.workflow.workflow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.nulls.shouldNotBeNull
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.types.shouldBeInstanceOf

class HttpNodeSpec :
    StringSpec({
        suspend fun run(flow: Workflow, vararg inputs: Pair<String, Any?>): WorkflowResult =
            executorOf().use { it.execute(flow, inputs.toMap()) }

        "what is mentioned is a value in the address, in headers and in JSON, and nothing else" {
            FakeServer.start().use { server ->
                server.always(Reply.json("""{"found":[{"name":"Ann & Bob"}]}"""))
                val flow = workflow("w") {
                    val list = transform("list") { listOf("a", "b") }
                    val search = http("search", list) {
                        url = "{{input.base}}/people?name={{input.name}}"
                        method = "POST"
                        header("X-Token", "t {{input.token}}")
                        body = """{"q":"say {{input.name}}","all":{{node.list}},"none":{{input.nothing}}}"""
                    }
                    agent("a", search) { prompt = "{{node.search.found[0].name}}" }
                }
                val name = "Ann \"A\" & Bob/x=1\n"
                val result = run(flow, "base" to server.url, "name" to name, "token" to 7, "nothing" to null)
                result.nodeText("a") shouldBe "re: Ann & Bob"
                val sent = server.requests.single()
                sent.path shouldBe "/v1/people?name=Ann%20%22A%22%20%26%20Bob%2Fx%3D1%0A"
                sent.header("x-token") shouldBe "t 7"
                sent.header("content-type") shouldBe "application/json"
                sent.body shouldBe """{"q":"say Ann \"A\" & Bob/x=1\n","all":["a","b"],"none":null}"""
            }
        }

        "a status that is no success is a failure with the beginning of what was said" {
            FakeServer.start().use { server ->
                server.always(Reply.error(404, """{"error":"nobody"}"""))
                val result = run(workflow("w") { http("get") { url = "${server.url}/x" } })
                result.error?.cause.shouldBeInstanceOf<HttpStatusException>().run {
                    status shouldBe 404
                    message shouldBe """'get' was answered with status 404: {"error":"nobody"}"""
                }
            }
        }

        "no redirect is followed" {
            FakeServer.start().use { server ->
                server.always(Reply.of(302, "text/plain", "", "Location", "http://127.0.0.1:1/elsewhere"))
                val result = run(workflow("w") { http("get") { url = server.url } })
                result.error
                    ?.cause
                    .shouldBeInstanceOf<HttpStatusException>()
                    .location shouldBe "http://127.0.0.1:1/elsewhere"
                server.requests.size shouldBe 1
            }
        }

        "what may go well later is tried again, what may not is not" {
            FakeServer.start().use { server ->
                val policy = RetryPolicy
                    .builder()
                    .maxAttempts(3)
                    .firstPauseMillis(0)
                    .build()
                val flow = workflow("w") {
                    http("get") {
                        url = server.url
                        retry = policy
                    }
                }
                server.enqueue(Reply.error(503, ""), Reply.json("[1]"))
                run(flow).nodeOutput("get").toString() shouldBe "[1]"
                server.enqueue(Reply.error(400, ""))
                run(flow).isFailed shouldBe true
                server.requests.size shouldBe 3
            }
        }

        "what is too long, and what is no address" {
            FakeServer.start().use { server ->
                server.always(Reply.of(200, "text/plain", "x".repeat(1_000)))
                val long = workflow("w") {
                    http("get") {
                        url = server.url
                        maxBytes(999)
                    }
                }
                run(long).error.shouldNotBeNull().message shouldContain "longer than 999 bytes: set maxBytes"
            }
            val file = run(workflow("w") { http("get") { url = "{{input.url}}" } }, "url" to "file:///etc/hosts")
            file.error.shouldNotBeNull().message shouldContain "must begin with http:// or https://, but is 'file:///etc/hosts'"
        }

        "a run that is cancelled hangs up" {
            FakeServer.start().use { server ->
                server.always(Reply.silence())
                executorOf().use { executor ->
                    val run = executor.start(workflow("w") { http("get") { url = server.url } })
                    server.awaitRequest()
                    run.cancel()
                    run.await().state shouldBe RunState.CANCELLED
                }
                server.awaitHangUp()
            }
        }
    })
