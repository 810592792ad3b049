package dev.tandem

import dev.tandem.error.IncompleteStreamException
import dev.tandem.provider.openai.OpenAi
import dev.tandem.testing.OpenAiReplies
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.nulls.shouldNotBeNull
import io.kotest.matchers.shouldBe
import io.ktor.client.engine.okhttp.OkHttp
import okhttp3.Protocol

/** The same wire over HTTP/2, which has ends of its own. */
class Http2Spec :
    FunSpec({
        fun clientOf(server: Http2Server) = AiClient(OpenAi.compatible(server.url, KEY)) {
            model = "fake-1"
            engine = OkHttp.create { config { protocols(listOf(Protocol.H2_PRIOR_KNOWLEDGE)) } }
        }

        test("H14 a stream that HTTP/2 resets is incomplete, with what had arrived and the cause") {
            Http2Server(OpenAiReplies.chunks("a"), Http2Server.End.RESET).use { server ->
                clientOf(server).use { client ->
                    val seen = mutableListOf<String>()
                    val error =
                        shouldThrow<IncompleteStreamException> {
                            client.streamText("Hi").collect {
                                seen += it
                                server.goOn()
                            }
                        }
                    seen shouldBe listOf("a")
                    error.partial!!.text shouldBe "a"
                    error.cause.shouldNotBeNull()
                }
            }
        }

        test("a stream that ends in peace is whole") {
            Http2Server(OpenAiReplies.chunks("a") + OpenAiReplies.event("[DONE]"), Http2Server.End.PEACE).use { server ->
                server.goOn()
                clientOf(server).use { client -> client.generateByStream() shouldBe "a" }
            }
        }
    })

private suspend fun AiClient.generateByStream(): String {
    val text = StringBuilder()
    streamText("Hi").collect { text.append(it) }
    return text.toString()
}
