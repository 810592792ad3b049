package dev.tandem.provider

/**
 * Where a credential comes from that does not live for ever. Asked before the first call, and once more when the provider
 * refuses the token it gave; calls in between share the same one.
 */
public fun interface TokenSource {
    /** A token that works now. May take its time; calls wait for it, and cancelling them cancels it. */
    public suspend fun token(): String
}
