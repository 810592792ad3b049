package dev.tandem.provider

import dev.tandem.transport.Transport
import io.ktor.client.engine.HttpClientEngine
import kotlin.concurrent.Volatile
import kotlin.jvm.JvmSynthetic

/** The client's HTTP. Comes into being when a provider first asks for it: one that needs none costs none. */
public class Wire internal constructor(private val engine: HttpClientEngine?, private val newEngine: () -> HttpClientEngine) {
    @Volatile private var isClosed = false
    private val owned = lazy { newEngine() }
    private val opened =
        lazy {
            check(!isClosed) { CLOSED }
            Transport(engine ?: owned.value)
        }

    @get:JvmSynthetic
    internal val transport: Transport get() = opened.value

    /** Closes an engine of our own; the user's stays open. */
    @JvmSynthetic
    internal fun close() {
        isClosed = true
        // Waits for a call that is making the engine just now; a later one finds the end.
        runCatching { opened.value.close() }
        if (owned.isInitialized()) owned.value.close()
    }

    private companion object {
        const val CLOSED = "this client is closed: make a new one"
    }
}
