@file:JvmName("-PriceTable")

package dev.tandem.accounting

import kotlin.jvm.JvmName

/** Prices by provider and model, names as [nameOf] makes them. One without any is your own machine, or takes money by the second. */
internal class PriceTable(private val providers: Map<String, Map<String, Price>>) {
    val size: Int = providers.values.sumOf { it.size }

    /** For whoever passes models on. Where those who offer the same model take different prices, nobody knows. */
    private val anywhere: Map<String, Price> = providers.values
        .flatMap { it.entries }
        .groupBy({ it.key }, { it.value })
        .filterValues { it.distinct().size == 1 }
        .mapValues { it.value.first() }

    fun of(provider: String, model: String): Price? = priceIn(providers[provider] ?: anywhere, model)
}

/** Lower case, and `claude-opus-4.1` as `claude-opus-4-1`: gateways and makers differ in this. */
internal fun nameOf(model: String): String = model.trim().lowercase().replace('.', '-')

/** By the whole [name], or by what is before its date. */
internal fun priceIn(prices: Map<String, Price>, name: String): Price? =
    prices[name] ?: DATED.find(name)?.let { prices[name.substring(0, it.range.first)] }

/** The day, the month or the number of an edition, or that it is the last or a first one. */
private val DATED = Regex("-(\\d{4}-\\d{2}-\\d{2}|\\d{8}|\\d{6}|\\d{4}|\\d{3}|latest|preview(-\\d{2}-(\\d{2}|\\d{4}))?)$")
