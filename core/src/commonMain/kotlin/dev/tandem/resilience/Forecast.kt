package dev.tandem.resilience

/** When each of a line will have its turn, as far as [rates] say it from [at] on: when a slot is free nobody knows. Uses up what it is given. */
internal class Forecast(private val rates: Rates, private var at: Long) {
    /** When one more, after all before it, may go. */
    fun next(tokens: Long): Long {
        at += rates.waitFor(tokens, at)
        rates.grant(tokens, at)
        return at
    }
}
