package dev.tandem.batch.provider

import java.security.MessageDigest

/**
 * The names that requests have within the batch with [key]: its hash, and their places. Providers take few characters, so a user's
 * own names stay at home; and whoever meets a result knows which batch it is of.
 */
internal class CustomIds(key: String) {
    val prefix: String = MessageDigest
        .getInstance("SHA-256")
        .digest(key.encodeToByteArray())
        .take(HASH_BYTES)
        .joinToString("") { (it.toInt() and 0xFF).toString(16).padStart(2, '0') }

    fun of(index: Int): String = "$prefix-$index"

    /** Null where it is of another batch. */
    fun indexOf(id: String): Int? = if (id.startsWith("$prefix-")) id.substring(prefix.length + 1).toIntOrNull() else null

    private companion object {
        /** More than enough, and of 64 characters half are left. */
        const val HASH_BYTES = 16
    }
}
