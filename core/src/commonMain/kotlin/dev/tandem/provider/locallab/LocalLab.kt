package dev.tandem.provider.locallab

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
 * A LocalLab server, which answers with the one model it has loaded: a model that a request names is not sent. To load
 * another, and for all else that the server can do, there is [dev.tandem.locallab.LocalLabServer].
 *
 * A question (one message of the user, with or without one of the system before it) goes to `/generate`, whose stream says
 * when it is over; a conversation goes to `/chat`, whose stream only ends. `generate(prompt)` and `stream(prompt)` are thus
 * always `/generate`. Neither counts tokens.
 *
 * Streams are handed out as they come, with two limits that the server sets: it drops pieces of white space only, and in
 * `/generate` it writes a line break as `\n`, so that these two characters in the model's own words come out as a line break.
 * A last paragraph of a `/chat` stream that begins with `Error:` is taken for the server's.
 *
 * Tools, images, embeddings, stop texts, seeds, response formats and reasoning are unknown to it and refused before anything
 * is sent. What only LocalLab knows is set by [LocalLabOptions].
 */
public class LocalLab private constructor(from: Builder) : Provider {
    private val site = Site(NAME, from.baseUrl ?: LOCAL, Credential.bearer(from.apiKey, from.tokens), from.headers.toMap())
    private val alwaysChats = from.alwaysChats

    override val name: String get() = NAME

    /** Where the paths of the wire begin. */
    public val baseUrl: String get() = site.baseUrl

    override fun connect(wire: Wire): Target = LocalLabTarget(Endpoint(site, wire), alwaysChats)

    /** Never shows the key. */
    override fun toString(): String = "LocalLab($site)"

    /** A key is needed only where a proxy before the server asks for one; it is sent as `Authorization: Bearer`. */
    public class Builder internal constructor() : SiteBuilder<Builder>() {
        @get:JvmSynthetic
        @set:JvmSynthetic
        internal var alwaysChats = false

        /** Sends a single question to `/chat` too, which puts it to the model as a turn of a conversation. */
        public fun alwaysChat(): Builder = apply { alwaysChats = true }

        /** What is set later does not change it. */
        public fun build(): LocalLab = LocalLab(this)
    }

    public companion object {
        internal const val NAME = "locallab"
        private const val LOCAL = "http://localhost:8000"

        /** Begins with the server on this machine, and no key. */
        @JvmStatic
        public fun builder(): Builder = Builder()

        /** The server at [url], such as `http://192.168.0.7:8000` or the address of a tunnel. */
        @JvmStatic
        public fun at(url: String): LocalLab = builder().baseUrl(url).build()

        /** The server on this machine, at port 8000. */
        @JvmStatic
        public fun local(): LocalLab = builder().build()

        /** The address from `LOCALLAB_BASE_URL` and the key from `LOCALLAB_API_KEY`, each if it is set; else [local]. */
        @JvmStatic
        public fun fromEnvironment(): LocalLab = builder().environment("LOCALLAB_API_KEY", "LOCALLAB_BASE_URL").build()
    }
}
