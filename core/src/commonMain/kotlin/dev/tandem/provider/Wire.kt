package dev.tandem.provider

import dev.tandem.transport.Transport
import io.ktor.client.engine.HttpClientEngine

/** The client's HTTP. Comes into being when a provider first asks for it: one that needs none costs none. */
public class Wire internal constructor(private val engine: HttpClientEngine?, private val newEngine: () -> HttpClientEngine) {
    private val owned = lazy { newEngine() }
    private val opened = lazy { Transport(engine ?: owned.value) }

    internal val transport: Transport get() = opened.value

    /** Closes an engine of our own; the user's stays open. */
    internal fun close() {
        if (opened.isInitialized()) opened.value.close()
        if (owned.isInitialized()) owned.value.close()
    }
}
