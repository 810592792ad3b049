package dev.tandem.provider.gemini

import dev.tandem.pipeline.Target
import dev.tandem.provider.Provider
import dev.tandem.provider.Wire
import dev.tandem.provider.http.Credential
import dev.tandem.provider.http.Endpoint
import dev.tandem.provider.http.Site
import dev.tandem.provider.http.SiteBuilder
import kotlin.jvm.JvmStatic

/**
 * Google's Gemini, by its own wire. The key travels in a header, never in the address.
 *
 * What `extra` names goes to the top of the request, and objects are merged field by field:
 * `extra("generationConfig", mapOf("candidateCount" to 2))` adds to the options of the call, `extra("safetySettings", …)`,
 * `extra("cachedContent", …)` and the like stand for themselves. For embeddings it goes into the request of each text
 * (`taskType`, `title`). Images by address must be `https:`; Gemini fetches them itself.
 */
public class Gemini private constructor(from: Builder) : Provider {
    private val site =
        Site(NAME, from.baseUrl ?: BASE_URL, Credential.keyIn("x-goog-api-key", from.apiKey, from.tokens), from.headers.toMap())

    /** With [apiKey], sent as `x-goog-api-key`. */
    public constructor(apiKey: String) : this(Builder().apiKey(apiKey))

    override val name: String get() = NAME

    /** Where the paths of the wire begin. */
    public val baseUrl: String get() = site.baseUrl

    override fun connect(wire: Wire): Target = GeminiTarget(Endpoint(site, wire))

    /** Never shows the key. */
    override fun toString(): String = "Gemini($site)"

    /** Tokens go out as `Authorization: Bearer`, a key as `x-goog-api-key`. */
    public class Builder internal constructor() : SiteBuilder<Builder>() {
        /** Throws [IllegalArgumentException] where there is no key and no source of tokens. */
        public fun build(): Gemini {
            requireKey { "Gemini needs an API key: call apiKey(…), or set GEMINI_API_KEY and use Gemini.fromEnvironment()" }
            return Gemini(this)
        }
    }

    public companion object {
        internal const val NAME = "gemini"
        private const val BASE_URL = "https://generativelanguage.googleapis.com/v1beta"

        /** Begins without a key. */
        @JvmStatic
        public fun builder(): Builder = Builder()

        /**
         * The key from `GEMINI_API_KEY`, or else from `GOOGLE_API_KEY`, the address from `GEMINI_BASE_URL` if that is set.
         */
        @JvmStatic
        public fun fromEnvironment(): Gemini =
            builder().environment("GOOGLE_API_KEY", null).environment("GEMINI_API_KEY", "GEMINI_BASE_URL").build()
    }
}
