package dev.tandem.temporal

import com.google.protobuf.ByteString
import io.temporal.api.common.v1.Payload
import io.temporal.common.converter.RawValue

/** JSON as it is: what Temporal's own converters write too, and its tools show. */
internal object JsonPayload {
    private const val ENCODING = "encoding"

    fun of(json: String): RawValue = RawValue(
        Payload
            .newBuilder()
            .putMetadata(ENCODING, ByteString.copyFromUtf8("json/plain"))
            .setData(ByteString.copyFromUtf8(json))
            .build(),
    )

    fun textOf(value: RawValue): String {
        val encoding = value.payload.getMetadataOrDefault(ENCODING, ByteString.EMPTY).toStringUtf8()
        if (encoding == "binary/null") return "null"
        require(encoding.startsWith("json/")) { "a value is '$encoding' where JSON is needed: send it as json/plain" }
        return value.payload.data.toStringUtf8()
    }
}
