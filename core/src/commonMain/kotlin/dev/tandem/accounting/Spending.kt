package dev.tandem.accounting

/** What requests have used and cost, each attempt by itself. What the cache answered was none. */
public class Spending internal constructor(
    public val requests: Long,
    public val inputTokens: Long,
    public val outputTokens: Long,
    /** In US dollars, of those models whose price is known. */
    public val usd: Double,
) {
    public val totalTokens: Long get() = inputTokens + outputTokens

    override fun toString(): String = "Spending($requests requests, $inputTokens tokens in, $outputTokens out, $$usd)"

    internal companion object {
        val NOTHING = Spending(0, 0, 0, 0.0)
    }
}
