package dev.tandem.accounting

import dev.tandem.model.Usage

/** What was used of each model, and what is set aside for requests under way. Not for several threads at once. */
internal class Account {
    private val used = LinkedHashMap<Model, Usage>()
    private var requests = 0L
    private var aside = Aside.NOTHING

    fun setAside(more: Aside) {
        aside += more
    }

    fun putBack(unused: Aside) {
        aside -= unused
    }

    fun book(model: Model, usage: Usage) {
        requests++
        used[model] = used[model]?.plus(usage) ?: usage
    }

    fun hasRoom(budget: Budget, more: Aside, prices: Lazy<Prices>): Boolean {
        if (budget.tokens != null && used.values.sumOf { it.totalTokens } + aside.tokens + more.tokens > budget.tokens) return false
        return budget.usd == null || usd(prices) + aside.usd + more.usd <= budget.usd
    }

    fun spending(prices: Lazy<Prices>): Spending =
        Spending(requests, used.values.sumOf { it.inputTokens }, used.values.sumOf { it.outputTokens }, usd(prices))

    /** Of models whose price is known. */
    private fun usd(prices: Lazy<Prices>): Double = used.entries.sumOf { (model, usage) -> model.usdOf(usage, prices.value) }
}
