package dev.tandem.batch.provider

import dev.tandem.model.RawRequest
import kotlinx.serialization.json.JsonObject

/** One chat as it will lie in a batch. */
public class WrittenRequest internal constructor(
    internal val path: String,
    internal val body: JsonObject,
    /** How many bytes it has, with what goes around it. */
    public val bytes: Int,
) {
    internal val model: String? get() = body.textOrNull("model")

    override fun toString(): String = "WrittenRequest($path, $bytes bytes)"

    internal companion object {
        /** More than a name, an address and some quotes. */
        private const val AROUND = 160

        fun of(request: RawRequest): WrittenRequest {
            val body = request.body as JsonObject
            return WrittenRequest(request.path, body, body.toString().encodeToByteArray().size + AROUND)
        }
    }
}
