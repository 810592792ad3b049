package dev.tandem.workflow.type

import dev.tandem.structured.AnswerType
import dev.tandem.structured.AnswerTypes
import dev.tandem.workflow.template.DataPath
import kotlinx.serialization.KSerializer
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.serializer
import kotlinx.serialization.serializerOrNull
import java.util.ServiceLoader
import dev.tandem.model.jsonOf as plainJsonOf

/** From values of the program to JSON, and back. */
internal object Classes {
    private val others: ClassTypes? by lazy {
        ServiceLoader.load(ClassTypes::class.java, ClassTypes::class.java.classLoader).firstOrNull()
    }

    /** Plain values, lists and maps of whatever is here, serializable classes, and what [ClassTypes] knows. */
    fun jsonOf(value: Any?): JsonElement = when {
        value == null || value is JsonElement || value is String || value is Number || value is Boolean -> plainJsonOf(value)
        value is Map<*, *> -> JsonObject(value.entries.associate { (key, item) -> key.toString() to jsonOf(item) })
        value is Collection<*> -> JsonArray(value.map(::jsonOf))
        isSerializable(value.javaClass) -> Json.encodeToJsonElement(serializer(value.javaClass), value)
        else -> others?.jsonOf(value) ?: plainJsonOf(value)
    }

    @Suppress("UNCHECKED_CAST")
    fun <T : Any> typeOf(type: Class<T>): AnswerType<T> {
        if (isSerializable(type)) return AnswerTypes.of(serializer(type) as KSerializer<T>)
        others?.let { return it.typeOf(type) }
        val known = requireNotNull(serializerOrNull(type)) {
            "${type.name} cannot be read: mark it @Serializable, or have tandem-java on the class path, " +
                "which knows Java's records and classes"
        }
        return AnswerTypes.of(known as KSerializer<T>)
    }

    /** [value] as a [type]; a text that is JSON as what it says, where a text is not wanted. [what] is for messages. */
    fun <T : Any> read(value: JsonElement, type: AnswerType<T>, what: String): T {
        // Not only IllegalArgumentException: of what does not fit its schema a type has promised nothing.
        val failure = try {
            return type.read(value)
        } catch (e: RuntimeException) {
            e
        }
        val opened = DataPath.opened(value)
        try {
            if (opened !== value) return type.read(opened)
        } catch (e: RuntimeException) {
            throw IllegalArgumentException("$what is no ${type.name}: ${e.message}", e)
        }
        throw IllegalArgumentException("$what is no ${type.name}: ${failure.message}", failure)
    }

    private fun isSerializable(type: Class<*>) = type.isAnnotationPresent(Serializable::class.java)
}
