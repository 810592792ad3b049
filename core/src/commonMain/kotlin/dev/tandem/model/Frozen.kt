@file:JvmName("-Frozen")

package dev.tandem.model

import kotlin.jvm.JvmName

/** A copy that nobody can change, not even from Java, where a mere `toList()` gives an ArrayList. */
internal fun <T> Collection<T>.frozen(): List<T> = if (isEmpty()) emptyList() else buildList(size) { addAll(this@frozen) }

internal fun <K, V> Map<K, V>.frozen(): Map<K, V> = if (isEmpty()) emptyMap() else buildMap(size) { putAll(this@frozen) }
