package dev.tandem.testing

import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldEndWith

class ConformanceSpec :
    FunSpec({
        fun conformanceOf(server: FakeServer, dialect: WireDialect = WireDialect.OPENAI) =
            Conformance.of(dialect, "http://127.0.0.1:${server.port}${dialect.path}", KEY)

        // Replicate is asked more than once for one answer, which no row upstream can tell apart.
        for (dialect in WireDialect.entries - WireDialect.REPLICATE) {
            test("with nothing in between, every row of $dialect is intact") {
                FakeServer.start().use { upstream ->
                    val report = conformanceOf(upstream, dialect).rows(upstream)
                    val rows = dialect.tables.flatMap { it.rows }
                    report.results.map { it.id } shouldBe rows.map { it.id }
                    report.results.filterNot { it.isIntact }.joinToString("\n") { "${it.id} ${it.actual}" } shouldBe ""
                    report.text() shouldContain "${rows.last().title} "
                    report.text() shouldEndWith "${rows.size} of ${rows.size} intact"
                }
            }
        }

        test("a gateway that passes all on changes nothing, whatever it calls the models") {
            FakeServer.start().use { upstream ->
                FakeServer.start().use { gateway ->
                    gateway.answering(Passage(upstream)::answer)
                    val direct = conformanceOf(upstream).rows(upstream).results
                    conformanceOf(gateway).rows(upstream).results.map { "${it.id} ${it.actual}" } shouldBe
                        direct.map { "${it.id} ${it.actual}" }
                }
            }
        }

        test("a gateway that loses the end of streams is found out") {
            FakeServer.start().use { upstream ->
                val report = FakeServer.start().use { gateway ->
                    gateway.always(OpenAiReplies.streamWithoutEnd("a"))
                    conformanceOf(gateway).rows(upstream)
                }
                val lost = report.results.single { it.id == "O01" }
                lost.isIntact shouldBe false
                lost.actual.last() shouldContain "IncompleteStreamException"
                report.text() shouldContain "    expected = end STOP\n    got      = text a\n    got      ! IncompleteStreamException"
            }
        }

        test("a server that behaves is told so") {
            FakeServer.start().use { server ->
                server.answering(::wellBehaved)
                conformanceOf(server)
                    .live("fake-1")
                    .results
                    .filterNot { it.isIntact }
                    .map { "${it.title}: ${it.actual}" } shouldBe
                    emptyList()
            }
        }

        test("a server that does not is told where") {
            FakeServer.start().use { server ->
                server.answering { if ("\"stream\":true" in it.body) OpenAiReplies.stream("all") else OpenAiReplies.chat("?") }
                conformanceOf(server)
                    .live("fake-1")
                    .results
                    .filterNot { it.isIntact }
                    .map { it.title } shouldContainExactly
                    listOf(
                        "a stream comes in pieces",
                        "a limit on tokens is kept and told",
                        "a wrong key is refused",
                        "an unknown model is refused",
                    )
            }
        }

        test("the command needs to know what to do") {
            fun complaint(vararg words: String) = shouldThrow<IllegalArgumentException> { ConformanceCommand(words.toList()).run() }.message
            complaint() shouldBe "what is to be looked at, and how?"
            complaint("rows", "http://localhost/v1") shouldBe "rows needs --port: the gateway's upstream is played there"
            complaint("live", "http://localhost/v1") shouldBe "live needs --model"
            complaint("rows", "http://localhost/v1", "--port") shouldBe "not understood: --port"
            complaint("rows", "http://localhost/v1", "--prot", "1") shouldBe "not understood: --prot 1"
            complaint("rows", "http://localhost/v1", "--dialect", "latin") shouldBe "latin is none of ${WireDialect.entries}"
            complaint("sing", "http://localhost/v1") shouldBe "not understood: sing"
        }
    })

private const val KEY = "sk-test"

private fun wellBehaved(request: FakeRequest): Reply = when {
    request.header(
        "Authorization",
    ) != "Bearer $KEY" -> OpenAiReplies.error(401, "Incorrect API key", "invalid_request_error", "invalid_api_key")

    "\"model\":\"fake-1\"" !in request.body -> OpenAiReplies.error(404, "no such model", "invalid_request_error", "model_not_found")

    "\"stream\":true" in request.body -> OpenAiReplies.stream("one", " two")

    "\"max_tokens\":1" in request.body -> Reply.json("""{"choices":[{"message":{"content":"one"},"finish_reason":"length"}]}""")

    else -> OpenAiReplies.chat("one two")
}
