package dev.tandem.structured

import dev.tandem.schema.Schema
import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.descriptors.PolymorphicKind
import kotlinx.serialization.descriptors.PrimitiveKind
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.descriptors.SerialKind
import kotlinx.serialization.descriptors.StructureKind
import kotlinx.serialization.descriptors.elementDescriptors
import kotlinx.serialization.descriptors.getContextualDescriptor
import kotlinx.serialization.descriptors.getPolymorphicDescriptors
import kotlinx.serialization.descriptors.nonNullOriginal
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonClassDiscriminator
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/** Serial types as [json] writes them. */
@OptIn(ExperimentalSerializationApi::class)
internal class Types(private val json: Json) {
    /** [type] without what does not show in JSON: null is told by [isNullable], and a value class is what it holds. */
    fun plain(type: SerialDescriptor, path: String): SerialDescriptor = when {
        type.isNullable -> plain(type.nonNullOriginal, path)

        type.isInline -> plain(type.getElementDescriptor(0), path)

        type.kind == SerialKind.CONTEXTUAL -> plain(
            requireNotNull(json.serializersModule.getContextualDescriptor(type)) {
                "$path: nothing is known of ${type.serialName}, which is contextual: name its serializer in the Json that you give"
            },
            path,
        )

        else -> type
    }

    fun isNullable(type: SerialDescriptor): Boolean = type.isNullable || (type.isInline && isNullable(type.getElementDescriptor(0)))

    /** The types within [type], each with its path. */
    fun parts(type: SerialDescriptor, path: String): List<Pair<String, SerialDescriptor>> = when (type.kind) {
        StructureKind.LIST -> if (json(type) != null) emptyList() else listOf("$path[]" to type.getElementDescriptor(0))

        StructureKind.MAP -> if (json(type) != null) emptyList() else listOf("$path[]" to type.getElementDescriptor(1))

        StructureKind.CLASS -> (0 until type.elementsCount).map { "$path.${nameOf(type, it)}" to type.getElementDescriptor(it) }

        is PolymorphicKind -> if (json(type) != null) {
            emptyList()
        } else {
            alternatives(type, path).flatMap { own -> parts(own, "$path(${Describing.plainNameOf(own)})") }
        }

        else -> emptyList()
    }

    fun alternatives(type: SerialDescriptor, path: String): List<SerialDescriptor> {
        require(
            !json.configuration.useArrayPolymorphism,
        ) { "$path: this Json writes ${type.serialName} as an array, which no schema describes" }
        val all = if (type.kind == PolymorphicKind.OPEN) {
            json.serializersModule.getPolymorphicDescriptors(type)
        } else {
            type.getElementDescriptor(1).elementDescriptors.toList()
        }
        require(all.isNotEmpty()) { "$path: nobody knows which classes are a ${type.serialName}: name them in the Json that you give" }
        all.firstOrNull { it.kind != StructureKind.CLASS && it.kind != StructureKind.OBJECT }?.let {
            throw IllegalArgumentException("$path: ${it.serialName} is one of several types, but is not written as an object")
        }
        return all
    }

    /** Whether what a class has no property for is passed over. */
    val areOpen: Boolean get() = json.configuration.ignoreUnknownKeys

    fun discriminatorOf(type: SerialDescriptor): String =
        type.annotations.firstNotNullOfOrNull { it as? JsonClassDiscriminator }?.discriminator ?: json.configuration.classDiscriminator

    fun nameOf(type: SerialDescriptor, index: Int): String {
        val name = type.getElementName(index)
        return json.configuration.namingStrategy?.serialNameForJson(type, index, name) ?: name
    }

    fun primitive(type: SerialDescriptor): JsonObject = when (type.kind) {
        PrimitiveKind.BOOLEAN -> Schema.bool()
        PrimitiveKind.FLOAT, PrimitiveKind.DOUBLE -> Schema.number()
        PrimitiveKind.CHAR -> JsonObject(Schema.text() + ("minLength" to JsonPrimitive(1)) + ("maxLength" to JsonPrimitive(1)))
        PrimitiveKind.STRING -> FORMATS[type.serialName]?.let(Schema::text) ?: json(type) ?: Schema.text()
        else -> Schema.integer()
    }

    /** What is JSON already. */
    fun json(type: SerialDescriptor): JsonObject? = when (type.serialName) {
        "kotlinx.serialization.json.JsonElement" -> JsonObject(emptyMap())

        "kotlinx.serialization.json.JsonObject" -> Schema.ofType("object")

        "kotlinx.serialization.json.JsonArray" -> Schema.ofType("array")

        "kotlinx.serialization.json.JsonPrimitive" -> Schema.anyOf(
            listOf(Schema.text(), Schema.number(), Schema.bool(), Schema.ofType("null")),
        )

        else -> null
    }

    fun isUnsigned(type: SerialDescriptor): Boolean = type.nonNullOriginal.serialName in UNSIGNED

    companion object {
        private val UNSIGNED = setOf("kotlin.UByte", "kotlin.UShort", "kotlin.UInt", "kotlin.ULong")

        /** Texts of a known form. */
        val FORMATS = mapOf(
            "kotlin.uuid.Uuid" to "uuid",
            "kotlin.time.Instant" to "date-time",
            "kotlinx.datetime.Instant" to "date-time",
            "kotlinx.datetime.LocalDate" to "date",
            "kotlin.time.Duration" to "duration",
        )
    }
}
