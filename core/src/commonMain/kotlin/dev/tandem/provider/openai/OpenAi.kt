package dev.tandem.provider.openai

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
 * OpenAI, and every server that speaks its chat completions: [Vendors] has many, [compatible] takes any address. Options
 * travel as they are set: models that think refuse some of them, such as a temperature, by an
 * [InvalidRequestException][dev.tandem.error.InvalidRequestException] that names it.
 */
public class OpenAi private constructor(from: Builder) : Provider {
    private val dialect = from.dialect
    private val speaksResponses = from.speaksResponses
    private val site =
        Site(dialect.name, from.baseUrl ?: dialect.baseUrl, Credential.bearer(from.apiKey, from.tokens), from.headers.toMap())

    /** OpenAI itself, with [apiKey]. */
    public constructor(apiKey: String) : this(Builder(OpenAiDialect.OPENAI).apiKey(apiKey))

    override val name: String get() = site.name

    /** Where the paths of the wire begin. */
    public val baseUrl: String get() = site.baseUrl

    override fun connect(wire: Wire): Target = OpenAiTarget(dialect, Endpoint(site, wire), OpenAiPaths.PLAIN, speaksResponses)

    /** Never shows the key. */
    override fun toString(): String = "OpenAi($site)"

    /** Where the server is, and how it is spoken to. A key and tokens travel as `Authorization: Bearer`. */
    public class Builder internal constructor(
        @get:JvmSynthetic internal val dialect: OpenAiDialect,
    ) : SiteBuilder<Builder>() {
        @get:JvmSynthetic
        @set:JvmSynthetic
        internal var speaksResponses = false

        /**
         * Chats over `/responses`, the younger of OpenAI's two wires, which shows summaries of thoughts and carries thoughts
         * from turn to turn; everything else stays as it is. Answers are not stored at OpenAI, unless `extra("store", true)`
         * says so: each call carries the conversation, and the thoughts in it come and go encrypted. They are asked for where
         * `reasoning` is set, since models that do not think refuse to be asked.
         *
         * There are no stop texts, seed, penalties and topK on this wire: such a request is refused before it is sent.
         */
        public fun responses(): Builder = apply { speaksResponses = true }

        /** Which of your organizations pays; goes as a header of OpenAI's. */
        public fun organization(id: String): Builder = header("OpenAI-Organization", id)

        /** Which of your projects it is for; goes as a header of OpenAI's. */
        public fun project(id: String): Builder = header("OpenAI-Project", id)

        /** Throws [IllegalArgumentException] where the server wants a key, and there is none and no source of tokens. */
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

        /** Another server that speaks this wire, such as one of [Vendors]. */
        @JvmStatic
        public fun builder(dialect: OpenAiDialect): Builder = Builder(dialect)

        /** Another server that speaks this wire, with [apiKey]. */
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
