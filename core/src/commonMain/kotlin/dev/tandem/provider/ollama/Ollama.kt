package dev.tandem.provider.ollama

import dev.tandem.pipeline.Target
import dev.tandem.platform.platform
import dev.tandem.provider.Provider
import dev.tandem.provider.Wire
import dev.tandem.provider.http.Credential
import dev.tandem.provider.http.Endpoint
import dev.tandem.provider.http.Site
import dev.tandem.provider.http.SiteBuilder
import kotlin.jvm.JvmStatic
import kotlin.jvm.JvmSynthetic

/**
 * A server of Ollama, by its own wire. It needs no key unless something in front of it does.
 *
 * What `extra` names goes to the top of the request (`extra("keep_alive", "10m")`), and objects are merged field by field,
 * so the model's own settings are reached by `extra("options", mapOf("num_ctx" to 8192))`: they join those of the call, such
 * as its temperature. Images travel in the request, as `data:` addresses; Ollama fetches none.
 */
public class Ollama private constructor(from: Builder) : Provider {
    private val site =
        Site(NAME, from.baseUrl ?: LOCAL, Credential.bearer(from.apiKey, from.tokens), from.headers.toMap())

    override val name: String get() = NAME

    /** Where the paths of the wire begin. */
    public val baseUrl: String get() = site.baseUrl

    override fun connect(wire: Wire): Target = OllamaTarget(Endpoint(site, wire))

    /** Never shows the key. */
    override fun toString(): String = "Ollama($site)"

    /** With nothing set, the server on this machine. */
    public class Builder internal constructor() : SiteBuilder<Builder>() {
        /** Throws [IllegalArgumentException] where there are both a key and a source of tokens. */
        public fun build(): Ollama {
            refuseTwoCredentials()
            return Ollama(this)
        }

        @JvmSynthetic
        internal fun host(host: String?): Builder = apply { host?.let { baseUrl(ollamaUrl(it)) } }
    }

    public companion object {
        internal const val NAME = "ollama"
        private const val LOCAL = "http://localhost:11434"

        /** Begins with the server on this machine, and no key. */
        @JvmStatic
        public fun builder(): Builder = Builder()

        /** The server on this machine, at its usual port. */
        @JvmStatic
        public fun local(): Ollama = builder().build()

        /** The server at [baseUrl], such as `http://gpu-box:11434`. */
        @JvmStatic
        public fun at(baseUrl: String): Ollama = builder().baseUrl(baseUrl).build()

        /**
         * The address from `OLLAMA_HOST`, in any form that Ollama itself takes, or else this machine's; a key from
         * `OLLAMA_API_KEY` if that is set.
         */
        @JvmStatic
        public fun fromEnvironment(): Ollama =
            builder().environment("OLLAMA_API_KEY", null).host(platform.environment("OLLAMA_HOST")).build()
    }
}
