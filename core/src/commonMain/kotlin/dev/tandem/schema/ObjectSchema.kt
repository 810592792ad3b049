package dev.tandem.schema

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/** An object with named properties and no others; see [Schema.objectOf]. */
public class ObjectSchema internal constructor() {
    private val properties = linkedMapOf<String, JsonElement>()
    private val required = mutableListOf<String>()

    /** One that must be there. */
    public fun property(name: String, schema: JsonObject): ObjectSchema = optional(name, schema).apply { required += name }

    /** One that may be left out. */
    public fun optional(name: String, schema: JsonObject): ObjectSchema = apply {
        require(name !in properties) { "there are two properties named '$name'" }
        properties[name] = schema
    }

    /** As it is now; more properties may follow for another one. */
    public fun build(): JsonObject {
        val fields = linkedMapOf<String, JsonElement>("type" to JsonPrimitive("object"), "properties" to JsonObject(properties.toMap()))
        if (required.isNotEmpty()) fields["required"] = JsonArray(required.map(::JsonPrimitive))
        fields["additionalProperties"] = JsonPrimitive(false)
        return JsonObject(fields)
    }
}
