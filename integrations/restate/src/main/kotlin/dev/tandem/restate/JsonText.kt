@file:JvmName("-Json")

package dev.tandem.restate

import dev.restate.common.Slice
import dev.restate.serde.Serde
import dev.tandem.workflow.replay.replayJson
import kotlinx.serialization.KSerializer

/** JSON as it is. */
internal object JsonText : Serde<String> {
    override fun serialize(value: String): Slice = Slice.wrap(value)

    override fun deserialize(value: Slice): String = value.toByteArray().decodeToString()

    override fun contentType(): String = "application/json"
}

internal class JsonSerde<T>(private val serializer: KSerializer<T>) : Serde<T> {
    override fun serialize(value: T): Slice = JsonText.serialize(replayJson.encodeToString(serializer, value))

    override fun deserialize(value: Slice): T = replayJson.decodeFromString(serializer, JsonText.deserialize(value))

    override fun contentType(): String = JsonText.contentType()
}
