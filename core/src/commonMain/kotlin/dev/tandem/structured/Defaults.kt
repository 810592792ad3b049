package dev.tandem.structured

import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.KSerializer
import kotlinx.serialization.descriptors.PolymorphicKind
import kotlinx.serialization.descriptors.PrimitiveKind
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.descriptors.SerialKind
import kotlinx.serialization.descriptors.StructureKind
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/**
 * The defaults of optional properties, which a serializer knows but does not tell: two values are read that say as little as can
 * be, and nothing alike; what both have all the same when they are written is a default. Where a class refuses such, none is known.
 */
@OptIn(ExperimentalSerializationApi::class)
internal class Defaults<T : Any>(private val serializer: KSerializer<T>, json: Json) {
    private val types = Types(json)
    private val writing = Json(json) { encodeDefaults = true }
    private val found = HashMap<SerialDescriptor, MutableMap<String, JsonElement>>()

    /** Of sealed types one subclass is looked at in each round. */
    private var round = 0
    private var rounds = 1

    fun find(): Map<SerialDescriptor, Map<String, JsonElement>> {
        while (round < minOf(rounds, MOST_ROUNDS)) {
            runCatching { compare(serializer.descriptor, written(0), written(1)) }
            round++
        }
        return found
    }

    private fun written(seed: Int): JsonElement =
        writing.encodeToJsonElement(serializer, writing.decodeFromJsonElement(serializer, sample(serializer.descriptor, seed, emptyList())))

    private fun sample(given: SerialDescriptor, seed: Int, open: List<SerialDescriptor>): JsonElement {
        if (types.isNullable(given)) return JsonNull
        val type = types.plain(given, "")
        return when (type.kind) {
            is PrimitiveKind -> primitive(type, seed)

            SerialKind.ENUM -> JsonPrimitive(type.getElementName(minOf(seed, type.elementsCount - 1)))

            StructureKind.LIST -> items(type, open) { JsonArray(listOf(sample(type.getElementDescriptor(0), seed, it))) }
                ?: JsonArray(emptyList())

            StructureKind.MAP -> items(type, open) {
                val key = sample(type.getElementDescriptor(0), seed, it) as JsonPrimitive
                JsonObject(mapOf(key.content to sample(type.getElementDescriptor(1), seed, it)))
            } ?: JsonObject(emptyMap())

            is PolymorphicKind -> alternative(type, seed, open)

            else -> members(type, seed, open)
        }
    }

    /** Null where it would go on for ever. */
    private fun <R> items(type: SerialDescriptor, open: List<SerialDescriptor>, sample: (List<SerialDescriptor>) -> R): R? =
        if (type in open || types.json(type) != null) null else sample(open + type)

    private fun members(type: SerialDescriptor, seed: Int, open: List<SerialDescriptor>): JsonObject {
        check(type !in open) { "no value of ${type.serialName} ends" }
        return JsonObject(
            (0 until type.elementsCount).filterNot(type::isElementOptional).associate {
                types.nameOf(type, it) to sample(type.getElementDescriptor(it), seed, open + type)
            },
        )
    }

    private fun alternative(type: SerialDescriptor, seed: Int, open: List<SerialDescriptor>): JsonElement {
        if (types.json(type) != null) return JsonNull
        val all = types.alternatives(type, "")
        rounds = maxOf(rounds, all.size)
        val own = all[minOf(round, all.size - 1)].takeUnless { it in open } ?: all.firstOrNull { it !in open } ?: all.first()
        return JsonObject(members(own, seed, open) + (types.discriminatorOf(type) to JsonPrimitive(own.serialName)))
    }

    private fun primitive(type: SerialDescriptor, seed: Int): JsonElement = when (type.kind) {
        PrimitiveKind.BOOLEAN -> JsonPrimitive(seed == 1)

        PrimitiveKind.STRING, PrimitiveKind.CHAR -> JsonPrimitive(
            when (Types.FORMATS[type.serialName]) {
                "uuid" -> "00000000-0000-4000-8000-00000000000$seed"
                "date-time" -> "200$seed-01-01T00:00:00Z"
                "date" -> "200$seed-01-01"
                "duration" -> "PT${seed + 1}S"
                else -> if (seed == 0) "a" else "b"
            },
        )

        else -> JsonPrimitive(seed + 1)
    }

    private fun compare(given: SerialDescriptor, one: JsonElement, other: JsonElement) {
        val type = types.plain(given, "")
        if (one == JsonNull || other == JsonNull || types.json(type) != null) return
        when {
            type.kind == StructureKind.LIST -> {
                both(one as JsonArray, other as JsonArray, type.getElementDescriptor(0))
            }

            type.kind == StructureKind.MAP -> {
                both((one as JsonObject).values, (other as JsonObject).values, type.getElementDescriptor(1))
            }

            type.kind is PolymorphicKind -> {
                val name = (one as JsonObject)[types.discriminatorOf(type)]
                types.alternatives(type, "").find { JsonPrimitive(it.serialName) == name }?.let { members(it, one, other as JsonObject) }
            }

            type.kind == StructureKind.CLASS -> {
                members(type, one as JsonObject, other as JsonObject)
            }
        }
    }

    private fun both(one: Collection<JsonElement>, other: Collection<JsonElement>, type: SerialDescriptor) {
        one.zip(other).forEach { (a, b) -> compare(type, a, b) }
    }

    private fun members(type: SerialDescriptor, one: JsonObject, other: JsonObject) {
        for (i in 0 until type.elementsCount) {
            val name = types.nameOf(type, i)
            val a = one[name] ?: continue
            val b = other[name] ?: continue
            if (!type.isElementOptional(i)) {
                compare(type.getElementDescriptor(i), a, b)
            } else if (a == b && a.toString().length <= MOST_CHARS) {
                found.getOrPut(type) { mutableMapOf() }.getOrPut(name) { a }
            }
        }
    }

    private companion object {
        const val MOST_ROUNDS = 20
        const val MOST_CHARS = 200
    }
}
