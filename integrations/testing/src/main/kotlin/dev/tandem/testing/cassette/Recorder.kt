package dev.tandem.testing.cassette

import io.ktor.client.engine.HttpClientEngine
import io.ktor.client.engine.HttpClientEngineBase
import io.ktor.client.engine.HttpClientEngineCapability
import io.ktor.client.engine.HttpClientEngineConfig
import io.ktor.client.request.HttpRequestData
import io.ktor.client.request.HttpResponseData
import io.ktor.utils.io.ByteReadChannel
import io.ktor.utils.io.ByteWriteChannel
import io.ktor.utils.io.InternalAPI
import io.ktor.utils.io.readAvailable
import io.ktor.utils.io.writeFully
import io.ktor.utils.io.writer
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.isActive

/** Asks by [engine], and writes down what comes while it passes by. */
@OptIn(InternalAPI::class)
internal class Recorder(private val tape: Tape, private val engine: HttpClientEngine) : HttpClientEngineBase("cassette") {
    override val config: HttpClientEngineConfig get() = engine.config

    override val supportedCapabilities: Set<HttpClientEngineCapability<*>> get() = engine.supportedCapabilities

    override suspend fun execute(data: HttpRequestData): HttpResponseData {
        val question = tape.questionOf(data)
        val real = engine.execute(data)
        val source = real.body as ByteReadChannel
        val copy = CoroutineScope(real.callContext).writer { pass(question, real, source, channel) }
        return HttpResponseData(real.statusCode, real.requestTime, real.headers, real.version, copy.channel, real.callContext)
    }

    private suspend fun pass(question: Tape.Question, real: HttpResponseData, source: ByteReadChannel, channel: ByteWriteChannel) {
        val pieces = mutableListOf<ByteArray>()
        var isWhole = false
        try {
            val buffer = ByteArray(BUFFER)
            while (true) {
                val count = source.readAvailable(buffer)
                if (count < 0) break
                if (count == 0) continue
                pieces += buffer.copyOf(count)
                channel.writeFully(buffer, 0, count)
                channel.flush()
            }
            // An engine may close its channel as if all had come when its call is cancelled.
            isWhole = real.callContext.isActive
        } finally {
            if (!isWhole) source.cancel(null)
            val headers = tape.scrubbing.of(real.headers)
            tape.write(question, Exchange.Answer(real.statusCode.value, headers, tape.scrubbing.of(pieces), isWhole))
        }
    }

    override fun close() {
        super.close()
        engine.close()
    }

    private companion object {
        const val BUFFER = 16 * 1024
    }
}
