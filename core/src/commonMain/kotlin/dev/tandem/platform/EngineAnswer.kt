package dev.tandem.platform

import io.ktor.http.Headers
import io.ktor.http.HttpProtocolVersion
import io.ktor.utils.io.ByteReadChannel

/** What came back: the head at once, the body as it arrives. Whoever has it reads [body] to its end or cancels it. */
public class EngineAnswer(
    public val status: Int,
    public val version: HttpProtocolVersion,
    public val headers: Headers,
    public val body: ByteReadChannel,
)
