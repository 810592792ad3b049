@file:JvmName("-JsonObjects")

package dev.tandem.provider.json

import kotlin.jvm.JvmName

/** The objects in the JSON list [text] that are whole, each as text: the list itself may be cut off, `[{…},{…`. */
internal fun jsonObjectsIn(text: String): List<String> {
    val objects = mutableListOf<String>()
    var depth = 0
    var start = 0
    var isInString = false
    var at = 0
    while (at < text.length) {
        val char = text[at]
        when {
            isInString && char == '\\' -> at++
            char == '"' -> isInString = !isInString
            isInString -> Unit
            char == '{' || char == '[' -> if (depth++ == 1) start = at
            char == '}' || char == ']' -> if (--depth == 1) objects += text.substring(start, at + 1)
        }
        at++
    }
    return objects
}
