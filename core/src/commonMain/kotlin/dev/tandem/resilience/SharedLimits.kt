package dev.tandem.resilience

/**
 * Limits that several processes keep together. Asked for each request that a client's own limits let go. When it fails or
 * takes long the client goes by its own limits, and comes back later.
 */
public interface SharedLimits {
    /**
     * Asks for a request of about so many [tokens]. [way] names a provider and a model; whoever has more than one key or
     * account there keeps them apart by other means. The limit may be that of nothing: then only [coolDown] counts.
     */
    public suspend fun ask(way: String, limit: RateLimit, tokens: Long): SharedTurn

    /** The request that [turn] was given for had so many [tokens] in truth. */
    public suspend fun settle(way: String, turn: SharedTurn, tokens: Long)

    /** The provider wants to hear nothing for so long, from any process. */
    public suspend fun coolDown(way: String, millis: Long)
}
