package dev.tandem.accounting

/** Tokens and money that somebody will probably need. */
internal class Aside(val tokens: Long, val usd: Double) {
    operator fun plus(other: Aside) = Aside(tokens + other.tokens, usd + other.usd)

    operator fun minus(other: Aside) = Aside(tokens - other.tokens, usd - other.usd)

    companion object {
        val NOTHING = Aside(0, 0.0)
    }
}
