package dev.tandem.model

/** What a call sends. */
public sealed interface Request {
    /** As they were set for it, before the client's own are added. */
    public val options: Options

    /** The same request with [defaults] wherever it says nothing itself. */
    public fun withDefaults(defaults: Options): Request
}
