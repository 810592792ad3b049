package dev.tandem.model

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement

/** What came back for a [RawRequest]: any success, its body as it is. */
public class RawResponse internal constructor(
    public val status: Int,
    /** By name in lower case; several of one name are joined by a comma. */
    public val headers: Map<String, String>,
    public val body: String,
) {
    /** The body as JSON, or [IllegalArgumentException] when it is none. */
    public fun json(): JsonElement = Json.parseToJsonElement(body)

    override fun toString(): String = "RawResponse($status, ${body.length} characters)"
}
