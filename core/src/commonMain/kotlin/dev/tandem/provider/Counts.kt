@file:JvmName("-Counts")

package dev.tandem.provider

import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.doubleOrNull
import kotlin.jvm.JvmName

/** Numbers come as numbers, as fractions and as text; whatever is none counts as 0. */
internal fun JsonObject.tokens(name: String): Long = (this[name] as? JsonPrimitive)?.doubleOrNull?.toLong() ?: 0
