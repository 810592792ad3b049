package dev.tandem.model

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlin.jvm.JvmStatic
import kotlin.jvm.JvmSynthetic

/**
 * A request of your own to the provider, for all that this library has no name for. It takes the same way as every other
 * call: the client's address, key, timers, errors and statistics.
 */
public class RawRequest private constructor(
    /** Such as `POST`. */
    public val method: String,
    /** Below the provider's base URL, such as `/files?limit=10`. */
    public val path: String,
    /** Null where nothing is sent, or a file. */
    public val body: JsonElement?,
    override val options: Options,
    /** Whether it may be sent again when it fails. */
    public val isRetried: Boolean,
    @get:JvmSynthetic internal val upload: Upload?,
) : Request {
    override fun withDefaults(defaults: Options): RawRequest = withOptions(options.withDefaults(defaults))

    /** The same request with [options] in place of its own. */
    public fun withOptions(options: Options): RawRequest = RawRequest(method, path, body, options, isRetried, upload)

    /**
     * The same, and sent no more than once: for what would be there twice, had the first attempt been heard and not answered. An
     * engine that is not one of this library's may still send it anew where a kept connection has died.
     */
    public fun once(): RawRequest = RawRequest(method, path, body, options, false, upload)

    override fun toString(): String = "RawRequest($method ${path.substringBefore('?')})"

    public companion object {
        private val METHODS = setOf("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD")

        /** Not for paths, or a percent sign that begins nothing; to some a backslash is a slash. */
        private val NOT_ENCODED = Regex("[^!-~]|[#\\\\]|%(?![0-9A-Fa-f]{2})")

        private val MEDIA_TYPE = Regex("[!-~]+/[!-~]+")

        /** [path] is below the provider's base URL, such as `/files?limit=10`; one that climbs out or is not encoded is refused. */
        @JvmStatic
        public fun get(path: String): RawRequest = of("GET", path, null as JsonElement?)

        /** The same with `DELETE`. */
        @JvmStatic
        public fun delete(path: String): RawRequest = of("DELETE", path, null as JsonElement?)

        /** [json] is the body as text, and refused where it is no JSON. */
        @JvmStatic
        public fun post(path: String, json: String): RawRequest = of("POST", path, parsed(json))

        /** [path] is below the provider's base URL, as in [get]. */
        @JvmStatic
        public fun post(path: String, json: JsonObject): RawRequest = of("POST", path, json)

        /** [method] is one of GET, POST, PUT, PATCH, DELETE and HEAD; [body] is null for none. */
        @JvmStatic
        public fun of(method: String, path: String, body: JsonElement?): RawRequest = of(method, path, body, null)

        /** A file, as web forms send one: it is the field `file`, after [fields]. [bytes] are not copied. */
        @JvmStatic
        public fun upload(path: String, fields: Map<String, String>, fileName: String, mediaType: String, bytes: ByteArray): RawRequest {
            require(MEDIA_TYPE.matches(mediaType)) { "the media type must look like application/pdf, but is '$mediaType'" }
            return of("POST", path, null, Upload(fields, fileName, mediaType, bytes))
        }

        private fun of(method: String, path: String, body: JsonElement?, upload: Upload?): RawRequest {
            require(method in METHODS) { "method must be one of $METHODS, but is '$method'" }
            // An address of its own could take the key to another host.
            require(path.startsWith('/') && !path.startsWith("//")) {
                "path must begin with one / and lie below the provider's base URL, but is '$path'"
            }
            require(!NOT_ENCODED.containsMatchIn(path)) { "path must be encoded as in a URL, but is '$path'" }
            require(path.split('/', '?').none { it.replace("%2e", ".", ignoreCase = true) == ".." }) {
                "path must not climb out of the base URL, but is '$path'"
            }
            return RawRequest(method, path, body, Options.NONE, true, upload)
        }

        private fun parsed(json: String): JsonElement = runCatching { Json.parseToJsonElement(json) }
            .getOrElse { throw IllegalArgumentException("the body must be JSON, but is: ${json.take(200)}", it) }
    }
}
