@file:JvmName("-OllamaHost")

package dev.tandem.provider.ollama

import kotlin.jvm.JvmName

/**
 * The address that `OLLAMA_HOST` means, in any of the forms that Ollama itself takes: `host`, `host:port`, `:port`,
 * `scheme://host:port/path`. Addresses that servers listen on stand for this machine.
 */
internal fun ollamaUrl(host: String): String {
    val given = host.trim().trim('"', '\'')
    val scheme = given.substringBefore("://", "").lowercase()
    val rest = given.substringAfter("://")
    val path = rest.substringAfter('/', "").trim('/')
    val place = requireNotNull(PLACE.matchEntire(rest.substringBefore('/'))) { "OLLAMA_HOST must look like host:port, but is '$host'" }
    val (bracketed, bare, port) = place.destructured
    val name = bracketed.ifEmpty { bare }.ifEmpty { "127.0.0.1" }
    val known = if (port.isEmpty()) defaultPort(scheme) else port
    return "${scheme.ifEmpty { "http" }}://${THIS_MACHINE[name] ?: name}:$known" + if (path.isEmpty()) "" else "/$path"
}

/** A scheme brings its own. */
private fun defaultPort(scheme: String) = when (scheme) {
    "http" -> "80"
    "https" -> "443"
    else -> "11434"
}

private val PLACE = Regex("(?:(\\[[0-9a-fA-F:.]+])|([^:\\s/@]*))(?::(\\d{1,5}))?")
private val THIS_MACHINE = mapOf("0.0.0.0" to "127.0.0.1", "[::]" to "[::1]")
