package dev.tandem

import dev.tandem.testing.FakeServer
import dev.tandem.testing.OpenAiReplies
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext

class ManyStreamsSpec :
    FunSpec({
        test("1,000 streams at once, all alive, all given up down to their sockets") {
            FakeServer.start().always(OpenAiReplies.streamThenHold("one")).use { server ->
                clientOf(server).use { client ->
                    val firsts = List(STREAMS) { CompletableDeferred<String>() }
                    coroutineScope {
                        val streams = firsts.map { first -> launch { client.streamText("Hi").collect { first.complete(it) } } }
                        firsts.awaitAll().toSet() shouldBe setOf("one")
                        server.connectionCount shouldBe STREAMS
                        val ours = Thread.getAllStackTraces().keys.count { it.name.startsWith("tandem") || it.name.startsWith("OkHttp") }
                        println("$STREAMS open streams: $ours threads of the engine")
                        streams.forEach { it.cancelAndJoin() }
                    }
                    withContext(Dispatchers.IO) { repeat(STREAMS) { server.awaitHangUp() } }
                }
            }
        }
    })

private const val STREAMS = 1_000
