@file:JvmName("-Address")

package dev.tandem.redis

import io.lettuce.core.RedisURI

private const val FORM = "a Redis address looks like redis://host:6379/0 or, with TLS and a user, rediss://user:password@host:6379/0"

/** Lettuce's own form of [uri]. An address that is wrong is not repeated: there may be a password in it. */
internal fun addressOf(uri: String): RedisURI {
    require(uri.startsWith("redis://") || uri.startsWith("rediss://")) {
        val scheme = uri.substringBefore("://", "").takeIf { LETTERS.matches(it) }
        "$FORM, but this one begins with ${scheme?.let { "'$it://'" } ?: "something else"}"
    }
    val address = try {
        RedisURI.create(uri)
    } catch (_: IllegalArgumentException) {
        throw IllegalArgumentException("$FORM, but this one cannot be read; a password with special characters has to be percent-encoded")
    }
    require(!address.host.isNullOrBlank()) { "$FORM, but this one names no host" }
    // Lettuce takes what is no number for a part of the name.
    require(':' !in address.host || address.host.startsWith('[')) { "$FORM, but the port of this one is no number" }
    address.timeout = Driver.CONNECT
    return address
}

/** What may be shown of it. */
internal fun placeOf(address: RedisURI): String = "${address.host}:${address.port}"

private val LETTERS = Regex("[A-Za-z-]{1,20}")
