package dev.tandem.provider.locallab

import dev.tandem.AiClient
import dev.tandem.resilience.RetryPolicy
import dev.tandem.testing.FakeServer

const val LAB_KEY = "lab-key-0123456789"

/** The address without the path that other wires begin with. */
val FakeServer.root: String get() = url.removeSuffix("/v1")

fun labAt(server: FakeServer): LocalLab = LocalLab
    .builder()
    .baseUrl(server.root)
    .apiKey(LAB_KEY)
    .build()

fun labClient(server: FakeServer, configure: AiClient.Builder.() -> Unit = {}): AiClient = AiClient(labAt(server)) {
    retry = RetryPolicy.NONE
    configure()
}
