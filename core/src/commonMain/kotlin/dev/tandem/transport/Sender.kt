@file:JvmName("-Sender")

package dev.tandem.transport

import dev.tandem.platform.DirectEngine
import dev.tandem.platform.EngineAnswer
import dev.tandem.platform.EngineRequest
import io.ktor.client.engine.HttpClientEngine
import io.ktor.utils.io.ByteReadChannel
import io.ktor.utils.io.cancel
import kotlin.jvm.JvmName

/** Brings a request to its server. */
internal interface Sender : AutoCloseable {
    /** [read] gets the answer when its head has come. The connection is free when it is done. */
    suspend fun <T> send(request: EngineRequest, read: suspend (EngineAnswer) -> T): T
}

internal fun senderTo(engine: HttpClientEngine): Sender = if (engine is DirectEngine) DirectSender(engine) else LeanClient(engine)

/** Straight to an engine that takes our requests as they are. */
private class DirectSender(private val engine: DirectEngine) : Sender {
    override suspend fun <T> send(request: EngineRequest, read: suspend (EngineAnswer) -> T): T {
        val answer = engine.ask(request)
        try {
            return read(answer)
        } finally {
            if (!answer.body.isReadToItsEnd()) answer.body.cancel()
        }
    }

    override fun close() = Unit
}

internal fun ByteReadChannel.isReadToItsEnd() = isClosedForRead && closedCause == null
