package dev.tandem.accounting

import dev.tandem.model.Usage

/** What a million tokens cost, in US dollars. */
public class Price(
    /** Of input that the provider reads anew. */
    public val input: Double,
    /** Of output, thoughts included. */
    public val output: Double,
    /** Of input that comes from the provider's prompt cache. */
    public val cachedInput: Double,
    /** Of input that is written into it. */
    public val cacheWrite: Double,
) {
    /** Where the provider's prompt cache makes no difference. */
    public constructor(input: Double, output: Double) : this(input, output, input, input)

    init {
        for ((name, value) in listOf("input" to input, "output" to output, "cachedInput" to cachedInput, "cacheWrite" to cacheWrite)) {
            require(value >= 0 && value.isFinite()) { "price of $name must not be negative, but is $value" }
        }
    }

    /** What [usage] costs, in US dollars. */
    public fun of(usage: Usage): Double {
        val plain = usage.inputTokens - usage.cachedInputTokens - usage.cacheWriteInputTokens
        return (
            plain.coerceAtLeast(0) * input + usage.cachedInputTokens * cachedInput +
                usage.cacheWriteInputTokens * cacheWrite + usage.outputTokens * output
        ) / MILLION
    }

    override fun equals(other: Any?): Boolean = other is Price &&
        input == other.input &&
        output == other.output &&
        cachedInput == other.cachedInput &&
        cacheWrite == other.cacheWrite

    override fun hashCode(): Int = 31 * input.hashCode() + output.hashCode()

    override fun toString(): String = "Price($$input in, $$output out, $$cachedInput cached, $$cacheWrite cache write)"

    private companion object {
        const val MILLION = 1e6
    }
}
