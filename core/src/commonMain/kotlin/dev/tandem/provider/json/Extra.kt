@file:JvmName("-Extra")

package dev.tandem.provider.json

import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlin.jvm.JvmName

/**
 * This request with what the user named in `extra`, which has the last word: an object is merged field by field into ours
 * of that name, anything else takes our place.
 */
internal fun JsonObject.extendedBy(extra: Map<String, JsonElement>): JsonObject {
    if (extra.isEmpty()) return this
    return JsonObject(
        this + extra.mapValues { (name, value) ->
            val ours = this[name]
            if (ours is JsonObject && value is JsonObject) ours.extendedBy(value) else value
        },
    )
}
