package dev.tandem.structured

import kotlinx.serialization.KSerializer
import kotlinx.serialization.descriptors.PrimitiveKind
import kotlinx.serialization.descriptors.StructureKind
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** What a serializer reads. */
internal class SerializableType<T : Any>(private val serializer: KSerializer<T>, private val json: Json) : AnswerType<T> {
    override val name: String = nameOf()
    override val schema: JsonObject = Describing(json, Defaults(serializer, json).find(), name).schemaOf(serializer.descriptor)

    override fun read(json: JsonElement): T = this.json.decodeFromJsonElement(serializer, json)

    override fun toString(): String = "AnswerType($name)"

    private fun nameOf(): String {
        val kind = serializer.descriptor.kind
        val isNamed = kind !is PrimitiveKind && kind != StructureKind.LIST && kind != StructureKind.MAP
        return if (isNamed) Describing.plainNameOf(serializer.descriptor) else "answer"
    }
}
