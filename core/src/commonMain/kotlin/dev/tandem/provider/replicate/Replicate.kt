package dev.tandem.provider.replicate

import dev.tandem.pipeline.Target
import dev.tandem.provider.Provider
import dev.tandem.provider.Wire
import dev.tandem.provider.http.Credential
import dev.tandem.provider.http.Site
import dev.tandem.provider.http.SiteBuilder
import kotlin.jvm.JvmStatic
import kotlin.jvm.JvmSynthetic

/**
 * Replicate, where an answer is a prediction: made, then asked for again and again until it is there. Whoever gives up
 * cancels it on the server too, as far as the server has named it by then and the client is still open; a timeout is told
 * to the server at once.
 *
 * A model is called `owner/name`, `owner/name:version`, by a version's id alone, or `deployments/owner/name`. Its input has
 * the names that most language models take (`prompt`, `system_prompt`, `max_tokens`, …); `extra` adds others or has another
 * word. A longer conversation is written into the prompt, and there are no tools and no response formats.
 *
 * The address of a stream may be on another host: it is called without the key. All else is asked below the base URL only.
 */
public class Replicate private constructor(from: Builder) : Provider {
    private val waitSeconds = from.waitSeconds
    private val site =
        Site(NAME, from.baseUrl ?: BASE_URL, Credential.bearer(from.apiKey, from.tokens), from.headers.toMap())

    /** With [apiKey], which Replicate calls an API token. */
    public constructor(apiKey: String) : this(Builder().apiKey(apiKey))

    override val name: String get() = NAME

    override fun connect(wire: Wire): Target = ReplicateTarget(site, wire, waitSeconds)

    /** Never shows the key. */
    override fun toString(): String = "Replicate($site)"

    /** A key travels as `Authorization: Bearer`. */
    public class Builder internal constructor() : SiteBuilder<Builder>() {
        @get:JvmSynthetic
        @set:JvmSynthetic
        internal var waitSeconds: Int? = null

        /**
         * How long the server may hold its first answer back, 1 to 60, in the hope that the prediction is done by then. Saves
         * asking again for models that are quick; but a call that is given up meanwhile leaves its prediction running.
         */
        public fun waitSeconds(seconds: Int): Builder = apply {
            require(seconds in WAIT_SECONDS) { "waitSeconds must be 1 to 60, but is $seconds" }
            waitSeconds = seconds
        }

        /** Throws [IllegalArgumentException] where there is no key and no source of tokens. */
        public fun build(): Replicate {
            requireKey { "Replicate needs an API key: call apiKey(…), or set $KEY_VARIABLE and use Replicate.fromEnvironment()" }
            return Replicate(this)
        }
    }

    public companion object {
        private const val NAME = "replicate"
        private const val BASE_URL = "https://api.replicate.com/v1"
        private const val KEY_VARIABLE = "REPLICATE_API_TOKEN"
        private val WAIT_SECONDS = 1..60

        /** Begins without a key. */
        @JvmStatic
        public fun builder(): Builder = Builder()

        /** The key from `REPLICATE_API_TOKEN`, the address from `REPLICATE_BASE_URL` if that is set. */
        @JvmStatic
        public fun fromEnvironment(): Replicate = builder().environment(KEY_VARIABLE, "REPLICATE_BASE_URL").build()
    }
}
