@file:JvmName("-Json")

package dev.tandem.restate

import dev.restate.common.Slice
import dev.restate.serde.Serde
import kotlinx.serialization.KSerializer
import kotlinx.serialization.json.Json

/** A later version of a program reads what an earlier one wrote. */
internal val json: Json = Json {
    ignoreUnknownKeys = true
    allowSpecialFloatingPointValues = true
}

/** JSON as it is. */
internal object JsonText : Serde<String> {
    override fun serialize(value: String): Slice = Slice.wrap(value)

    override fun deserialize(value: Slice): String = value.toByteArray().decodeToString()

    override fun contentType(): String = "application/json"
}

internal class JsonSerde<T>(private val serializer: KSerializer<T>) : Serde<T> {
    override fun serialize(value: T): Slice = JsonText.serialize(json.encodeToString(serializer, value))

    override fun deserialize(value: Slice): T = json.decodeFromString(serializer, JsonText.deserialize(value))

    override fun contentType(): String = JsonText.contentType()
}
