@file:JvmName("-HeaderMap")

package dev.tandem.model

import kotlin.jvm.JvmName

/** In place of one that has the same name in other letters: to HTTP they are one. */
internal fun MutableMap<String, String>.setHeader(name: String, value: String) {
    keys.removeAll { it.equals(name, ignoreCase = true) }
    put(name, value)
}
