package dev.tandem.testing

import kotlinx.serialization.json.JsonPrimitive

/** [text] as JSON writes it, quotes included. */
internal fun quoted(text: String): String = JsonPrimitive(text).toString()
