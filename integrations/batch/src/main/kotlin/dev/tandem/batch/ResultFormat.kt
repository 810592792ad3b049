package dev.tandem.batch

import kotlinx.serialization.KSerializer
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement

/** How what comes of an item is written into a journal, and read again by a later run. */
public interface ResultFormat<R> {
    /** Of what is written, [read] makes an equal value. */
    public fun write(value: R): JsonElement

    /** [IllegalArgumentException] says what is wrong with [json]. */
    public fun read(json: JsonElement): R

    /** Formats that serializers give. */
    public companion object {
        /** By a serializer of Kotlin's. */
        @JvmStatic
        public fun <R> of(serializer: KSerializer<R>): ResultFormat<R> = of(serializer, Json)

        /** The same with your own [format]. */
        @JvmStatic
        public fun <R> of(serializer: KSerializer<R>, format: Json): ResultFormat<R> = object : ResultFormat<R> {
            override fun write(value: R) = format.encodeToJsonElement(serializer, value)

            override fun read(json: JsonElement) = format.decodeFromJsonElement(serializer, json)
        }
    }
}
