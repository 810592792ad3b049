package dev.tandem.provider.openai

import dev.tandem.pipeline.Target
import dev.tandem.provider.Credential
import dev.tandem.provider.Endpoint
import dev.tandem.provider.Provider
import dev.tandem.provider.Site
import dev.tandem.provider.SiteBuilder
import dev.tandem.provider.Wire
import kotlin.jvm.JvmStatic
import kotlin.jvm.JvmSynthetic

/** OpenAI, and every server that speaks its chat completions: [Vendors] has many, [compatible] takes any address. */
public class OpenAi private constructor(from: Builder) : Provider {
    private val dialect = from.dialect
    private val site =
        Site(dialect.name, from.baseUrl ?: dialect.baseUrl, Credential.bearer(from.apiKey, from.tokens), from.headers.toMap())

    /** OpenAI itself, with [apiKey]. */
    public constructor(apiKey: String) : this(Builder(OpenAiDialect.OPENAI).apiKey(apiKey))

    override val name: String get() = site.name

    public val baseUrl: String get() = site.baseUrl

    override fun connect(wire: Wire): Target = OpenAiTarget(dialect, Endpoint(site, wire), OpenAiPaths.PLAIN)

    /** Never shows the key. */
    override fun toString(): String = "OpenAi($site)"

    public class Builder internal constructor(
        @get:JvmSynthetic internal val dialect: OpenAiDialect,
    ) : SiteBuilder<Builder>() {
        public fun organization(id: String): Builder = header("OpenAI-Organization", id)

        public fun project(id: String): Builder = header("OpenAI-Project", id)

        public fun build(): OpenAi {
            dialect.keyVariable?.let { variable ->
                requireKey {
                    "${dialect.name} needs an API key: call apiKey(…), or set $variable and use OpenAi.fromEnvironment(${if (dialect === OpenAiDialect.OPENAI) "" else "…"})"
                }
            }
            return OpenAi(this)
        }
    }

    public companion object {
        /** OpenAI itself. */
        @JvmStatic
        public fun builder(): Builder = builder(OpenAiDialect.OPENAI)

        @JvmStatic
        public fun builder(dialect: OpenAiDialect): Builder = Builder(dialect)

        @JvmStatic
        public fun of(dialect: OpenAiDialect, apiKey: String): OpenAi = builder(dialect).apiKey(apiKey).build()

        /** The key from `OPENAI_API_KEY`, the address from `OPENAI_BASE_URL` if that is set. */
        @JvmStatic
        public fun fromEnvironment(): OpenAi = fromEnvironment(OpenAiDialect.OPENAI)

        /** The key from the dialect's own variable, the address from `<NAME>_BASE_URL` if that is set. */
        @JvmStatic
        public fun fromEnvironment(dialect: OpenAiDialect): OpenAi =
            builder(dialect).environment(dialect.keyVariable, dialect.urlVariable).build()

        /** Another server that speaks this wire, such as `http://localhost:8080/v1`, and asks for no key. Name a model. */
        @JvmStatic
        public fun compatible(baseUrl: String): OpenAi = builder(unknown(baseUrl)).build()

        /** Another server that speaks this wire. Name a model. */
        @JvmStatic
        public fun compatible(baseUrl: String, apiKey: String): OpenAi = builder(unknown(baseUrl)).apiKey(apiKey).build()

        private fun unknown(baseUrl: String) = OpenAiDialect.builder("openai-compatible", baseUrl).build()
    }
}
