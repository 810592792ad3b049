package dev.tandem.platform

import io.ktor.http.Headers
import io.ktor.http.HttpProtocolVersion
import io.ktor.utils.io.ByteReadChannel

/** What came back: the head at once, the body as it arrives. Whoever has it reads [body] to its end or cancels it. */
public class EngineAnswer(
    /** Of HTTP, a failure's as well. */
    public val status: Int,
    /** The one that was spoken. */
    public val version: HttpProtocolVersion,
    /** All that came, as it came. */
    public val headers: Headers,
    /** Arrives while it is read. */
    public val body: ByteReadChannel,
)
