package dev.tandem.provider.openai

import dev.tandem.pipeline.Target
import dev.tandem.platform.platform
import dev.tandem.provider.Provider
import dev.tandem.provider.Wire
import kotlin.jvm.JvmStatic
import kotlin.jvm.JvmSynthetic

/** OpenAI, and every server that speaks its chat completions. */
public class OpenAi private constructor(from: Builder) : Provider {
    @get:JvmSynthetic
    internal val dialect: OpenAiDialect = from.dialect

    @get:JvmSynthetic
    internal val apiKey: String? = from.apiKey

    @get:JvmSynthetic
    internal val headers: Map<String, String> = from.headers.toMap()

    /** OpenAI itself, with [apiKey]. */
    public constructor(apiKey: String) : this(Builder().apiKey(apiKey))

    override val name: String get() = dialect.name

    public val baseUrl: String get() = dialect.baseUrl

    override fun connect(wire: Wire): Target = OpenAiTarget(this, wire)

    /** Never shows the key. */
    override fun toString(): String = "OpenAi($name, $baseUrl)"

    public class Builder internal constructor() {
        @get:JvmSynthetic
        @set:JvmSynthetic
        internal var apiKey: String? = null

        @get:JvmSynthetic
        internal val headers = linkedMapOf<String, String>()

        @get:JvmSynthetic
        @set:JvmSynthetic
        internal var dialect = OpenAiDialect.OPENAI

        public fun apiKey(apiKey: String): Builder = apply {
            require(apiKey.isNotBlank()) { "the API key must not be blank" }
            // The key itself stays out of the message.
            require(apiKey.all { it in '!'..'~' }) {
                "the API key (${apiKey.length} characters) holds a space, a line break or another character no key has: was it copied whole?"
            }
            this.apiKey = apiKey
        }

        /** Another way to the same server, such as a proxy. For another server see [compatible]. */
        public fun baseUrl(baseUrl: String): Builder = apply { dialect = dialect.at(baseUrl) }

        public fun organization(id: String): Builder = header("OpenAI-Organization", id)

        public fun project(id: String): Builder = header("OpenAI-Project", id)

        public fun build(): OpenAi {
            require(apiKey != null || !dialect.needsKey) {
                "OpenAI needs an API key: call apiKey(…), or set ${OpenAiDialect.KEY_VARIABLE} and use OpenAi.fromEnvironment()"
            }
            return OpenAi(this)
        }

        private fun header(name: String, value: String) = apply {
            require(value.isNotBlank() && value.all { it in ' '..'~' }) { "the value of header '$name' must be printable and not blank" }
            headers[name] = value
        }
    }

    public companion object {
        @JvmStatic
        public fun builder(): Builder = Builder()

        /** The key from `OPENAI_API_KEY`, the address from `OPENAI_BASE_URL` if that is set. */
        @JvmStatic
        public fun fromEnvironment(): OpenAi {
            val builder = Builder()
            platform.environment(OpenAiDialect.URL_VARIABLE)?.let(builder::baseUrl)
            platform.environment(OpenAiDialect.KEY_VARIABLE)?.let(builder::apiKey)
            return builder.build()
        }

        /** Another server that speaks this wire, such as `http://localhost:8080/v1`, and asks for no key. Name a model. */
        @JvmStatic
        public fun compatible(baseUrl: String): OpenAi = compatibleBuilder(baseUrl).build()

        /** Another server that speaks this wire. Name a model. */
        @JvmStatic
        public fun compatible(baseUrl: String, apiKey: String): OpenAi = compatibleBuilder(baseUrl).apiKey(apiKey).build()

        private fun compatibleBuilder(baseUrl: String) = Builder().apply { dialect = OpenAiDialect.compatible(baseUrl) }
    }
}
