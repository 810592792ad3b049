package dev.tandem.provider.locallab

import dev.tandem.AiClient
import dev.tandem.error.ErrorDetails
import dev.tandem.testing.FakeServer
import dev.tandem.transport.AnswerHead

const val LAB_KEY = "lab-key-0123456789"

/** The address without the path that other wires begin with. */
val FakeServer.root: String get() = url.removeSuffix("/v1")

fun labAt(server: FakeServer): LocalLab = LocalLab
    .builder()
    .baseUrl(server.root)
    .apiKey(LAB_KEY)
    .build()

fun labClient(server: FakeServer, configure: AiClient.Builder.() -> Unit = {}): AiClient = AiClient(labAt(server), configure)

/** An answer of which nothing is known but who gives it. */
internal object NoHead : AnswerHead {
    override val provider = LocalLab.NAME

    override fun header(name: String): String? = null

    override fun details(): ErrorDetails.Builder = ErrorDetails.builder().provider(provider)

    override fun redact(text: String): String = text
}
