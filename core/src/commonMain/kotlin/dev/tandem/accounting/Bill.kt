package dev.tandem.accounting

import dev.tandem.model.Usage

/** What the requests for one call have used, as far as they have ended. Kept by [Books]. */
internal class Bill {
    private val items = ArrayList<Pair<Model, Usage>>(1)

    fun add(model: Model, usage: Usage) {
        items += model to usage
    }

    /** Null where the price of one is not known. */
    fun usd(prices: Prices): Double? = items.sumOf { (model, usage) -> model.usdOrNull(usage, prices) ?: return null }
}
