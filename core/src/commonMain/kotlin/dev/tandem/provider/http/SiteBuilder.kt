package dev.tandem.provider.http

import dev.tandem.platform.platform
import dev.tandem.provider.TokenSource
import kotlin.jvm.JvmSynthetic

/** What can be set about any provider that is reached over HTTP. */
public abstract class SiteBuilder<B : SiteBuilder<B>> internal constructor() {
    @get:JvmSynthetic
    @set:JvmSynthetic
    internal var apiKey: String? = null

    @get:JvmSynthetic
    @set:JvmSynthetic
    internal var tokens: TokenSource? = null

    @get:JvmSynthetic
    @set:JvmSynthetic
    internal var baseUrl: String? = null

    @get:JvmSynthetic
    internal val headers = linkedMapOf<String, String>()

    /** A key that does not run out. One that no header can carry is refused. */
    public fun apiKey(apiKey: String): B = set {
        Credential.requireKey(apiKey, "the API key")
        this.apiKey = apiKey
    }

    /** Tokens that run out, in place of a key. The provider refusing one is the sign to ask for another. */
    public fun tokens(source: TokenSource): B = set { tokens = source }

    /** Another way to the same provider, such as a company's proxy. */
    public fun baseUrl(baseUrl: String): B = set { this.baseUrl = checkedBaseUrl(baseUrl) }

    /** Sent with every call. */
    public fun header(name: String, value: String): B = set {
        require(HEADER_NAME.matches(name)) { "'$name' is no valid header name" }
        require(value.isNotBlank() && value.all { it in ' '..'~' }) { "the value of header '$name' must be printable and not blank" }
        headers[name] = value
    }

    /** The key and the address from the environment, as far as they are there. */
    @JvmSynthetic
    internal fun environment(keyVariable: String?, urlVariable: String?): B = set {
        urlVariable?.let(platform::environment)?.let(::baseUrl)
        keyVariable?.let(platform::environment)?.let(::apiKey)
    }

    /** [remedy] says how a key is given to this provider. */
    @JvmSynthetic
    internal fun requireKey(remedy: () -> String) {
        require(apiKey != null || tokens != null, remedy)
        refuseTwoCredentials()
    }

    @JvmSynthetic
    internal fun refuseTwoCredentials() {
        require(apiKey == null || tokens == null) { "there are both a key and a token source: leave one out" }
    }

    @Suppress("UNCHECKED_CAST")
    private inline fun set(change: SiteBuilder<B>.() -> Unit): B {
        change()
        return this as B
    }

    private companion object {
        val HEADER_NAME = Regex("[A-Za-z0-9!#$%&'*+.^_`|~-]+")
    }
}
