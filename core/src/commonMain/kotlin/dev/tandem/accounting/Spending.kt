package dev.tandem.accounting

/** What requests have used and cost, each attempt by itself. What the cache answered was none. */
public class Spending internal constructor(
    /** Those that were sent, hedges and failures too. */
    public val requests: Long,
    /** As providers counted them, cached ones included. */
    public val inputTokens: Long,
    /** As providers counted them, thoughts included. */
    public val outputTokens: Long,
    /** In US dollars, of those models whose price is known. */
    public val usd: Double,
) {
    /** [inputTokens] and [outputTokens]. */
    public val totalTokens: Long get() = inputTokens + outputTokens

    override fun toString(): String = "Spending($requests requests, $inputTokens tokens in, $outputTokens out, $$usd)"

    internal companion object {
        val NOTHING = Spending(0, 0, 0, 0.0)
    }
}
