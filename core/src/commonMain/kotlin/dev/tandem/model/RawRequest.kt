package dev.tandem.model

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlin.jvm.JvmStatic

/**
 * A request of your own to the provider, for all that this library has no name for. It takes the same way as every other
 * call: the client's address, key, timers, errors and statistics.
 */
public class RawRequest private constructor(
    public val method: String,
    /** Below the provider's base URL, such as `/files?limit=10`. */
    public val path: String,
    public val body: JsonElement?,
    override val options: Options,
) : Request {
    override fun withDefaults(defaults: Options): RawRequest = RawRequest(method, path, body, options.withDefaults(defaults))

    public fun withOptions(options: Options): RawRequest = RawRequest(method, path, body, options)

    override fun toString(): String = "RawRequest($method ${path.substringBefore('?')})"

    public companion object {
        private val METHODS = setOf("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD")

        /** Not for paths, or a percent sign that begins nothing; to some a backslash is a slash. */
        private val NOT_ENCODED = Regex("[^!-~]|[#\\\\]|%(?![0-9A-Fa-f]{2})")

        @JvmStatic
        public fun get(path: String): RawRequest = of("GET", path, null as JsonElement?)

        @JvmStatic
        public fun delete(path: String): RawRequest = of("DELETE", path, null as JsonElement?)

        @JvmStatic
        public fun post(path: String, json: String): RawRequest = of("POST", path, parsed(json))

        @JvmStatic
        public fun post(path: String, json: JsonObject): RawRequest = of("POST", path, json)

        @JvmStatic
        public fun of(method: String, path: String, body: JsonElement?): RawRequest {
            require(method in METHODS) { "method must be one of $METHODS, but is '$method'" }
            // An address of its own could take the key to another host.
            require(path.startsWith('/') && !path.startsWith("//")) {
                "path must begin with one / and lie below the provider's base URL, but is '$path'"
            }
            require(!NOT_ENCODED.containsMatchIn(path)) { "path must be encoded as in a URL, but is '$path'" }
            require(path.split('/', '?').none { it.replace("%2e", ".", ignoreCase = true) == ".." }) {
                "path must not climb out of the base URL, but is '$path'"
            }
            return RawRequest(method, path, body, Options.NONE)
        }

        private fun parsed(json: String): JsonElement = runCatching { Json.parseToJsonElement(json) }
            .getOrElse { throw IllegalArgumentException("the body must be JSON, but is: ${json.take(200)}", it) }
    }
}
