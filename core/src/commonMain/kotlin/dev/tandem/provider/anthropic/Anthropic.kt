package dev.tandem.provider.anthropic

import dev.tandem.pipeline.Target
import dev.tandem.provider.Provider
import dev.tandem.provider.Wire
import dev.tandem.provider.http.Credential
import dev.tandem.provider.http.Endpoint
import dev.tandem.provider.http.Site
import dev.tandem.provider.http.SiteBuilder
import kotlin.jvm.JvmStatic
import kotlin.jvm.JvmSynthetic

/**
 * Anthropic's Messages, and every server that speaks them.
 *
 * Messages of the system go into the system field, all of them and wherever they stand: few models take them in the midst
 * of a conversation. Messages of one side in a row become one, results of tools being of the user's side. An answer may
 * have 4096 tokens unless `maxTokens` says otherwise; the default makes room for thoughts besides.
 *
 * How much a model may think is sent as a budget to models up to 4.5 (1024 tokens at least, and fewer than `maxTokens`) and
 * as an effort to newer ones, 4.6 taking either; Fable and Mythos, which always think, are at least asked to think little.
 * A model that thinks takes no `temperature` other than 1 and cannot be made to call a tool; the newest take no
 * `temperature`, `topP` and `topK` at all. Anthropic says so when asked.
 *
 * What was stopped with `pause_turn` counts as cut short: send the answer back as it is, and the model goes on.
 */
public class Anthropic private constructor(from: Builder) : Provider {
    private val site =
        Site(
            AnthropicTarget.NAME,
            from.baseUrl ?: BASE_URL,
            Credential.keyIn("x-api-key", from.apiKey, from.tokens),
            from.ownHeaders() + from.headers,
        )

    /** With [apiKey], sent as `x-api-key`. */
    public constructor(apiKey: String) : this(Builder().apiKey(apiKey))

    override val name: String get() = AnthropicTarget.NAME

    /** Where the paths of the wire begin. */
    public val baseUrl: String get() = site.baseUrl

    override fun connect(wire: Wire): Target = AnthropicTarget(Endpoint(site, wire))

    /** Never shows the key. */
    override fun toString(): String = "Anthropic($site)"

    /** Tokens given by `tokens(…)` are those of OAuth and travel as `Authorization: Bearer`, a key as `x-api-key`. */
    public class Builder internal constructor() : SiteBuilder<Builder>() {
        private var version = VERSION
        private val betas = linkedSetOf<String>()

        /** Of the wire, not of a model. `2023-06-01` unless set. */
        public fun version(version: String): Builder = apply {
            require(DATE.matches(version)) { "version must look like $VERSION, but is '$version'" }
            this.version = version
        }

        /** Asks for what is not for everybody yet, such as `context-1m-2025-08-07`. Each call adds one. */
        public fun beta(feature: String): Builder = apply {
            require(FEATURE.matches(feature)) { "a beta must look like context-1m-2025-08-07, but is '$feature'" }
            betas += feature
        }

        /** Throws [IllegalArgumentException] where there is no key and no source of tokens. */
        public fun build(): Anthropic {
            requireKey {
                "${AnthropicTarget.NAME} needs an API key: call apiKey(…) or tokens(…), or set $KEY_VARIABLE and use Anthropic.fromEnvironment()"
            }
            return Anthropic(this)
        }

        @JvmSynthetic
        internal fun ownHeaders(): Map<String, String> = buildMap {
            put("anthropic-version", version)
            if (betas.isNotEmpty()) put("anthropic-beta", betas.joinToString(","))
        }

        /** Everybody else's clients add the `/v1` themselves, so the variable comes without. */
        @JvmSynthetic
        internal fun completeUrl(): Builder = apply { baseUrl?.let { if (!it.endsWith(PATH)) baseUrl(it + PATH) } }
    }

    public companion object {
        private const val PATH = "/v1"
        private const val BASE_URL = "https://api.anthropic.com$PATH"
        private const val KEY_VARIABLE = "ANTHROPIC_API_KEY"
        private const val VERSION = "2023-06-01"
        private val DATE = Regex("\\d{4}-\\d{2}-\\d{2}")
        private val FEATURE = Regex("[A-Za-z0-9._-]+")

        /** Begins without a key. */
        @JvmStatic
        public fun builder(): Builder = Builder()

        /** The key from `ANTHROPIC_API_KEY`, the address from `ANTHROPIC_BASE_URL` if that is set, with `/v1` or without. */
        @JvmStatic
        public fun fromEnvironment(): Anthropic = builder().environment(KEY_VARIABLE, "ANTHROPIC_BASE_URL").completeUrl().build()
    }
}
