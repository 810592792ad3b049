package dev.tandem.engine.httpcore

import dev.tandem.engine.httpcore.http1.Http1Connection
import dev.tandem.engine.httpcore.http2.Http2Connection
import dev.tandem.engine.httpcore.wire.Connection
import dev.tandem.engine.httpcore.wire.Owner
import dev.tandem.engine.httpcore.wire.Route
import dev.tandem.engine.httpcore.wire.StaleConnectionException
import dev.tandem.engine.httpcore.wire.WireRequest
import dev.tandem.platform.EngineAnswer
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.types.shouldBeInstanceOf
import io.ktor.client.plugins.timeout
import io.ktor.client.request.HttpRequestBuilder
import io.ktor.client.request.url
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import org.apache.hc.core5.http.message.BasicHttpResponse
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler
import org.apache.hc.core5.http.nio.command.RequestExecutionCommand
import org.apache.hc.core5.http.protocol.HttpCoreContext
import java.io.IOException
import java.net.SocketTimeoutException
import java.nio.ByteBuffer
import javax.net.ssl.SSLException
import kotlin.coroutines.EmptyCoroutineContext
import kotlin.time.Duration.Companion.seconds

/** What happens in the very moment in which a kept connection is taken. */
class RaceSpec :
    FunSpec({
        timeout = 10_000
        val route = Route(isSecure = false, "localhost", 80, proxy = null)
        val owner = object : Owner {
            override fun released(route: Route, connection: Connection) = Unit

            override fun closed(route: Route, connection: Connection) = Unit
        }

        /** Fails into its result, and not into the test. */
        suspend fun CoroutineScope.asking(connection: Connection): Deferred<Result<EngineAnswer>> {
            val request = HttpRequestBuilder()
                .apply {
                    url("http://localhost/")
                    timeout { socketTimeoutMillis = 30_000 }
                }.build()
            val wire = WireRequest.of(request, route, EmptyCoroutineContext)
            return async(Dispatchers.Unconfined) { runCatching { connection.exchange(wire) } }
        }

        test("the time of a connection without work runs out when there is work again: that is not the work's time") {
            val session = FakeSession()
            val connection = Http1Connection(session, route, owner, 30.seconds) { true }

            fun answer() = connection.inputReady(session, ByteBuffer.wrap("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".toByteArray()))
            val first = asking(connection)
            answer()
            first.await().getOrThrow().status shouldBe 200
            val idle = session.socketTimeout

            val second = asking(connection)
            connection.timeout(session, idle)
            second.isCompleted shouldBe false
            answer()
            second.await().getOrThrow().status shouldBe 200

            val third = asking(connection)
            connection.timeout(session, session.socketTimeout)
            third.await().exceptionOrNull().shouldBeInstanceOf<SocketTimeoutException>()
            session.isOpen shouldBe false
        }

        for ((name, cause, isStale) in listOf(
            Triple("a broken pipe", IOException("Broken pipe"), true),
            Triple("broken TLS", SSLException("bad record"), false),
            Triple("silence", SocketTimeoutException("30 s"), false),
        )) {
            test("HTTP/2: $name on a connection without other work is ${if (isStale) "" else "not "}that of a stale one") {
                val session = FakeSession()
                val connection = Http2Connection(session, route, owner, 30.seconds, {}, {})

                fun begun(): AsyncClientExchangeHandler = (session.commands.removeFirst() as RequestExecutionCommand).exchangeHandler
                val first = asking(connection)
                begun().consumeResponse(BasicHttpResponse(200), null, HttpCoreContext.create())
                first.await().getOrThrow().status shouldBe 200

                val second = asking(connection)
                begun().failed(cause)
                (second.await().exceptionOrNull() is StaleConnectionException) shouldBe isStale

                val third = asking(connection)
                val fourth = asking(connection)
                begun().failed(cause)
                begun().failed(cause)
                // A connection that had work has shown that it lives.
                (fourth.await().exceptionOrNull() is StaleConnectionException) shouldBe false
                (third.await().exceptionOrNull() != null) shouldBe true
            }
        }
    })
