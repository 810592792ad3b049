package dev.tandem.structured

import dev.tandem.schema.Schema
import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.descriptors.PolymorphicKind
import kotlinx.serialization.descriptors.PrimitiveKind
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.descriptors.SerialKind
import kotlinx.serialization.descriptors.StructureKind
import kotlinx.serialization.descriptors.nonNullOriginal
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/** What serializers say of their types, as JSON Schema. A type that is used twice or leads back to itself has a name there. */
@OptIn(ExperimentalSerializationApi::class)
internal class Describing(
    json: Json,
    private val defaults: Map<SerialDescriptor, Map<String, JsonElement>>,
    private val rootName: String,
) {
    private val types = Types(json)
    private val uses = HashMap<SerialDescriptor, Int>()
    private val names = HashMap<SerialDescriptor, String>()
    private val definitions = linkedMapOf<String, JsonObject>()

    fun schemaOf(root: SerialDescriptor): JsonObject {
        count(types.plain(root, rootName), rootName, 0)
        val schema = schemaOf(root, rootName)
        val name = (schema[Schema.REF] as? JsonPrimitive)?.content?.removePrefix(Schema.DEFINED)
        return Schema.withDefinitions(definitions[name] ?: schema, definitions)
    }

    /** How often each named type is used; inside one that is known already nothing is new. */
    private fun count(type: SerialDescriptor, path: String, depth: Int) {
        require(depth < DEEPEST) { "$path: a type that is another one on each level; give it an end" }
        if (type.isNamed() && uses.counted(type) > 1) return
        types.parts(type, path).forEach { (part, own) ->
            // A map that has its names stands for as many properties.
            repeat(if (type.kind == StructureKind.MAP && isChoice(type, path)) 2 else 1) { count(types.plain(own, part), part, depth + 1) }
        }
    }

    private fun isChoice(map: SerialDescriptor, path: String) = types.plain(map.getElementDescriptor(0), path).kind == SerialKind.ENUM

    private fun SerialDescriptor.isNamed() = (kind == StructureKind.CLASS || kind is PolymorphicKind) && types.json(this) == null

    private fun schemaOf(given: SerialDescriptor, path: String): JsonObject {
        val type = types.plain(given, path)
        val plain = if (type.isNamed() && uses.getValue(type) > 1) named(type, path) else contentOf(type, path)
        val schema = when {
            types.isUnsigned(given) -> JsonObject(plain + ("minimum" to JsonPrimitive(0)))

            // What is said of a value class.
            given.isInline -> described(plain, given.annotations)

            else -> plain
        }
        return if (types.isNullable(given)) Schema.orNull(schema) else schema
    }

    private fun named(type: SerialDescriptor, path: String): JsonObject {
        val name = names[type] ?: newName(type).also {
            names[type] = it
            // Takes its place among the others.
            definitions[it] = JsonObject(emptyMap())
            definitions[it] = contentOf(type, path)
        }
        return Schema.reference(name)
    }

    private fun newName(type: SerialDescriptor): String {
        val plain = plainNameOf(type)
        return if (plain !in definitions) plain else (2..Int.MAX_VALUE).firstNotNullOf { i -> "${plain}_$i".takeIf { it !in definitions } }
    }

    private fun contentOf(type: SerialDescriptor, path: String): JsonObject {
        val schema = when (val kind = type.kind) {
            is PrimitiveKind -> types.primitive(type)
            SerialKind.ENUM -> choiceOf(type)
            StructureKind.LIST -> types.json(type) ?: Schema.listOf(schemaOf(type.getElementDescriptor(0), "$path[]"))
            StructureKind.MAP -> types.json(type) ?: mapOf(type, path)
            PolymorphicKind.SEALED, PolymorphicKind.OPEN -> types.json(type) ?: alternativesOf(type, path)
            StructureKind.CLASS, StructureKind.OBJECT -> objectOf(type, path, null)
            else -> throw IllegalArgumentException("$path: ${type.serialName} is of the kind $kind, which no schema describes")
        }
        return described(schema, type.annotations)
    }

    private fun choiceOf(type: SerialDescriptor): JsonObject {
        val entries = (0 until type.elementsCount).map(type::getElementName)
        val texts = entries.indices.mapNotNull { i ->
            wordsOf(type.getElementAnnotations(i)).ifEmpty { null }?.let { "${entries[i]}: $it" }
        }
        return Schema.described(Schema.oneOf(entries), texts.joinToString("; "))
    }

    private fun mapOf(map: SerialDescriptor, path: String): JsonObject {
        val key = types.plain(map.getElementDescriptor(0), path)
        val value = schemaOf(map.getElementDescriptor(1), "$path[]")
        if (key.kind == SerialKind.ENUM) {
            val names = (0 until key.elementsCount).map(key::getElementName)
            return names.fold(Schema.objectOf()) { all, name -> all.optional(name, value) }.build()
        }
        require(key.kind is PrimitiveKind && !types.isNullable(map.getElementDescriptor(0))) {
            "$path: a map whose keys are ${key.serialName}; JSON has names only: use text, a number or an enum"
        }
        val schema = Schema.mapOf(value)
        val type = (types.primitive(key)["type"] as? JsonPrimitive)?.content
        return if (type == "string") schema else Schema.described(schema, "Each name is of the type $type.")
    }

    private fun alternativesOf(type: SerialDescriptor, path: String): JsonObject {
        val discriminator = types.discriminatorOf(type)
        return Schema.anyOf(
            types.alternatives(type, path).map { own ->
                described(objectOf(own, "$path(${plainNameOf(own)})", discriminator), own.annotations)
            },
        )
    }

    private fun objectOf(type: SerialDescriptor, path: String, discriminator: String?): JsonObject {
        val schema = Schema.objectOf()
        discriminator?.let { schema.property(it, JsonObject(Schema.text() + ("const" to JsonPrimitive(type.serialName)))) }
        for (i in 0 until type.elementsCount) {
            val name = types.nameOf(type, i)
            require(name != discriminator) { "$path.$name has the name that tells the classes apart: give it another one by @SerialName" }
            val own = described(schemaOf(type.getElementDescriptor(i), "$path.$name"), type.getElementAnnotations(i))
            val default = defaults[type]?.get(name)
            if (type.isElementOptional(i)) schema.optional(name, Schema.withDefault(own, default)) else schema.property(name, own)
        }
        return schema.build().let { if (types.areOpen) JsonObject(it - "additionalProperties") else it }
    }

    /** What is said of a property counts more than what is said of its type. */
    private fun described(schema: JsonObject, annotations: List<Annotation>): JsonObject {
        val words = wordsOf(annotations)
        val known = (schema["description"] as? JsonPrimitive)?.content.orEmpty()
        return Schema.described(schema, if (words.isEmpty() || known.isEmpty()) words + known else "$words ($known)")
    }

    companion object {
        private const val DEEPEST = 60
        private val ODD = Regex("[^A-Za-z0-9_-]")

        private fun HashMap<SerialDescriptor, Int>.counted(type: SerialDescriptor): Int = ((get(type) ?: 0) + 1).also { put(type, it) }

        private fun wordsOf(annotations: List<Annotation>): String =
            annotations.filterIsInstance<Description>().joinToString(" ") { it.text }

        /** `City` of `com.example.City`. */
        fun plainNameOf(type: SerialDescriptor): String {
            val name = type.nonNullOriginal.serialName.substringBefore('<')
            return ODD.replace(name.substringAfterLast('.'), "_").take(64).ifEmpty { "answer" }
        }
    }
}
