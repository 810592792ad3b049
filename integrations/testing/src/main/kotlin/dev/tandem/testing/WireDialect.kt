package dev.tandem.testing

import dev.tandem.provider.Provider
import dev.tandem.provider.anthropic.Anthropic
import dev.tandem.provider.gemini.Gemini
import dev.tandem.provider.http.SiteBuilder
import dev.tandem.provider.locallab.LocalLab
import dev.tandem.provider.ollama.Ollama
import dev.tandem.provider.openai.OpenAi
import dev.tandem.provider.openai.OpenAiDialect
import dev.tandem.provider.replicate.Replicate

/** A wire that providers speak: how to reach a server that speaks it, and the tables of what such servers send. */
public enum class WireDialect(
    /** Where the wire begins on a server that has others too. */
    public val path: String,
    private val connect: (baseUrl: String, apiKey: String) -> Provider,
    private vararg val files: String,
) {
    /** OpenAI's chat completions, and those of all who speak them. */
    OPENAI("/v1", { baseUrl, apiKey -> OpenAi.compatible(baseUrl, apiKey) }, "sse", "openai", "vendors", "http"),

    /** Anthropic's Messages. */
    ANTHROPIC("/v1", { baseUrl, apiKey -> Anthropic.builder().at(baseUrl, apiKey).build() }, "anthropic"),

    /** Google's own wire. */
    GEMINI("/v1beta", { baseUrl, apiKey -> Gemini.builder().at(baseUrl, apiKey).build() }, "gemini"),

    /** Ollama's own wire. */
    OLLAMA("", { baseUrl, apiKey -> Ollama.builder().at(baseUrl, apiKey).build() }, "ollama"),

    /** OpenAI's younger wire. */
    RESPONSES("/v1", { baseUrl, apiKey ->
        OpenAi
            .builder(unknownAt(baseUrl))
            .at(baseUrl, apiKey)
            .responses()
            .build()
    }, "responses"),

    /** Replicate's predictions. */
    REPLICATE("/v1", { baseUrl, apiKey -> Replicate.builder().at(baseUrl, apiKey).build() }, "replicate") {
        override val model: String get() = "fake/fake-1"
    },

    /** LocalLab's, where a single question is none of a conversation. */
    LOCALLAB("", { baseUrl, apiKey -> LocalLab.builder().at(baseUrl, apiKey).build() }, "locallab"),

    /** The same server, where even a question is a conversation. */
    LOCALLAB_CHAT("", { baseUrl, apiKey ->
        LocalLab
            .builder()
            .at(baseUrl, apiKey)
            .alwaysChat()
            .build()
    }, "locallab-chat"),
    ;

    /** A name that models have on this wire. */
    public open val model: String get() = "fake-1"

    /** Read anew each time. */
    public val tables: List<WireTable> get() = files.map(WireTable::load)

    /** The provider at [baseUrl]. */
    public fun provider(baseUrl: String, apiKey: String): Provider = connect(baseUrl, apiKey)

    /** The provider that [server] plays. */
    public fun provider(server: FakeServer, apiKey: String): Provider = connect("http://127.0.0.1:${server.port}$path", apiKey)
}

private fun <B : SiteBuilder<B>> B.at(baseUrl: String, apiKey: String): B = apiKey(apiKey).baseUrl(baseUrl)

private fun unknownAt(baseUrl: String) = OpenAiDialect.builder("openai-compatible", baseUrl).build()
