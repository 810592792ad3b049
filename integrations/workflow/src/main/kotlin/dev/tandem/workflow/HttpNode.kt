package dev.tandem.workflow

/**
 * Sends a request to any server. Its output is the body, as JSON where it is JSON. A status from 300 on is its failure, so it follows no
 * redirect: the headers may hold what no other host should see.
 */
public class HttpNode private constructor(from: Builder) : Node(from) {
    /** In capitals, such as `POST`. */
    public val method: String = from.method

    /** A template; what is mentioned in it is escaped, but where the whole address or its beginning is mentioned. */
    public val url: String = requireNotNull(from.url) { "http '$name' has no address: set url(\"https://…\")" }

    /** Templates, by the names of headers. */
    public val headers: Map<String, String> = from.headers.toMap()

    /** A template; null where nothing is sent. */
    public val body: String? = from.body

    /** What is longer is a failure. */
    public val maxBytes: Long = from.maxBytes
    override val kind: String get() = "http"
    override val templates: Map<String, String> = buildMap {
        put(URL, url)
        headers.forEach { (name, value) -> put("header $name", value) }
        body?.let { put(BODY, it) }
    }

    /** What is sent. */
    public class Builder internal constructor(name: String) : WorkNodeBuilder<Builder>(name) {
        internal val headers = LinkedHashMap<String, String>()
        internal var maxBytes = MAX_BYTES

        /** What is mentioned in it is escaped, but where the whole address or its beginning is mentioned. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var url: String? = null

        /** `GET` unless set. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var method: String = "GET"
            set(value) {
                require(
                    value.isNotEmpty() && value.all { it in 'A'..'Z' },
                ) { "the method of '$name' must be such as POST, but is '$value'" }
                field = value
            }

        /** A template, sent as JSON unless a header says otherwise. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var body: String? = null

        /** What is mentioned in it is escaped, but where the whole address or its beginning is mentioned. */
        public fun url(template: String): Builder = apply { url = template }

        /** In capitals; `GET` unless set. */
        public fun method(method: String): Builder = apply { this.method = method }

        /** Replaces what was said under the same [name]. */
        public fun header(name: String, template: String): Builder = apply { headers[name] = template }

        /** Sent as JSON unless a header says otherwise. */
        public fun body(template: String?): Builder = apply { body = template }

        /** What is longer is a failure; 10 MB unless set. */
        public fun maxBytes(bytes: Long): Builder = apply {
            require(bytes >= 1) { "maxBytes of '$name' must be at least 1, but is $bytes" }
            maxBytes = bytes
        }

        /** Throws [IllegalArgumentException] where there is no address. */
        public fun build(): HttpNode = HttpNode(this)
    }

    public companion object {
        internal const val URL = "address"
        internal const val BODY = "body"
        private const val MAX_BYTES = 10_000_000L

        /** Begins with `GET`, and without an address. */
        @JvmStatic
        public fun builder(name: String): Builder = Builder(name)

        /** [url] is a template. */
        @JvmStatic
        public fun get(name: String, url: String): HttpNode = builder(name).url(url).build()
    }
}
