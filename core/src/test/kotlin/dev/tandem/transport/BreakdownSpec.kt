package dev.tandem.transport

import dev.tandem.clientOf
import dev.tandem.error.ConnectionLostException
import dev.tandem.error.IncompleteStreamException
import dev.tandem.error.TlsException
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.ktor.client.engine.mock.respond
import io.ktor.http.HttpStatusCode
import io.ktor.http.headersOf
import io.ktor.utils.io.ByteChannel
import kotlinx.coroutines.flow.toList
import java.net.NoRouteToHostException
import java.net.SocketException
import javax.net.ssl.SSLException

class BreakdownSpec :
    FunSpec({
        // What Java 11 and Android say of a TLS connection that is reset.
        for (cause in listOf(SSLException("Connection reset"), NoRouteToHostException("the network is gone"))) {
            test("${cause::class.simpleName} in the midst of a body is a lost connection") {
                val client = clientOf {
                    val body = ByteChannel().apply { cancel(cause) }
                    respond(body, HttpStatusCode.OK, headersOf("Content-Type", "text/event-stream"))
                }
                shouldThrow<ConnectionLostException> { client.generate("Hi") }.isRetryable shouldBe true
                shouldThrow<IncompleteStreamException> { client.stream("Hi").toList() }
            }
        }

        test("a reset while TLS is being agreed on is a lost connection, what is not trusted is not") {
            val reset = SSLException("Connection reset", SocketException("Connection reset"))
            shouldThrow<ConnectionLostException> { clientOf { throw reset }.generate("Hi") }.isRetryable shouldBe true
            shouldThrow<TlsException> { clientOf { throw SSLException("no trust") }.generate("Hi") }.isRetryable shouldBe false
        }

        test("an error of the machine is none of the connection") {
            shouldThrow<LinkageError> { clientOf { throw NoClassDefFoundError("x") }.generate("Hi") }
        }
    })
