@file:JvmName("-Hex")

package dev.tandem.redis

internal fun ByteArray.hex(): String = joinToString("") { (it.toInt() and 0xFF).toString(16).padStart(2, '0') }
