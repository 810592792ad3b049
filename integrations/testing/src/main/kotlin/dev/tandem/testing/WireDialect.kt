package dev.tandem.testing

import dev.tandem.provider.Provider
import dev.tandem.provider.locallab.LocalLab
import dev.tandem.provider.openai.OpenAi

/** A wire that providers speak: how to reach a server that speaks it, and the tables of what such servers send. */
public enum class WireDialect(
    /** Where the wire begins on a server that has others too. */
    public val path: String,
    private val connect: (baseUrl: String, apiKey: String) -> Provider,
    private vararg val files: String,
) {
    OPENAI("/v1", { baseUrl, apiKey -> OpenAi.compatible(baseUrl, apiKey) }, "sse", "openai", "vendors", "http"),
    LOCALLAB("", { baseUrl, apiKey ->
        LocalLab
            .builder()
            .baseUrl(baseUrl)
            .apiKey(apiKey)
            .build()
    }, "locallab"),

    /** The same server, where even a question is a conversation. */
    LOCALLAB_CHAT("", { baseUrl, apiKey ->
        LocalLab
            .builder()
            .baseUrl(baseUrl)
            .apiKey(apiKey)
            .alwaysChat()
            .build()
    }, "locallab-chat"),
    ;

    /** Read anew each time. */
    public val tables: List<WireTable> get() = files.map(WireTable::load)

    /** The provider at [baseUrl]. */
    public fun provider(baseUrl: String, apiKey: String): Provider = connect(baseUrl, apiKey)

    /** The provider that [server] plays. */
    public fun provider(server: FakeServer, apiKey: String): Provider = connect("http://127.0.0.1:${server.port}$path", apiKey)
}
