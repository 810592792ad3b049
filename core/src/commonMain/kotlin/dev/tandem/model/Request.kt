package dev.tandem.model

/** What a call sends. */
public sealed interface Request {
    public val options: Options

    /** The same request with [defaults] wherever it says nothing itself. */
    public fun withDefaults(defaults: Options): Request
}
