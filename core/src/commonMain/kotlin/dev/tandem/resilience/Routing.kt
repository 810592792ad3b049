package dev.tandem.resilience

/** Which of several targets is asked first. The others follow when it fails. */
public enum class Routing {
    /** Always the first, in the order they were named. */
    ORDERED,

    /** By chance, according to their weights. */
    WEIGHTED,

    /** The one with the fewest calls under way, for its weight. */
    LEAST_LOADED,
}
