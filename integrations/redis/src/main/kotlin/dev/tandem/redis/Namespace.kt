@file:JvmName("-Namespace")

package dev.tandem.redis

private val ALLOWED = Regex("[A-Za-z0-9._-]{1,100}")

/** [namespace], when it can be a part of a key without being taken for another. */
internal fun checked(namespace: String): String {
    require(ALLOWED.matches(namespace)) {
        "namespace must be 1 to 100 letters, digits, dots, hyphens or underscores, but is '${namespace.take(100)}'"
    }
    return namespace
}

internal const val DEFAULT_NAMESPACE: String = "default"
