package dev.tandem.model

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlin.jvm.JvmStatic

/** What came back for a [RawRequest]: any success, its body as it is. */
public class RawResponse internal constructor(
    /** From 200 to 299, unless it came by [of]. */
    public val status: Int,
    /** By name in lower case; several of one name are joined by a comma. */
    public val headers: Map<String, String>,
    /** As text; "" where there was none. */
    public val body: String,
) {
    /** The body as JSON, or [IllegalArgumentException] when it is none. */
    public fun json(): JsonElement = Json.parseToJsonElement(body)

    override fun toString(): String = "RawResponse($status, ${body.length} characters)"

    public companion object {
        /** What came by another way than [dev.tandem.AiClient.send], which may be a failure. The names of [headers] in lower case. */
        @JvmStatic
        public fun of(status: Int, headers: Map<String, String>, body: String): RawResponse = RawResponse(status, headers, body)
    }
}
