package dev.tandem.accounting

import dev.tandem.platform.platform
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.Json
import kotlin.jvm.JvmField
import kotlin.jvm.JvmStatic

/**
 * What models cost. A model is found by its own name, or by the beginning of it before a date: `gpt-4o-mini` is the price of
 * `gpt-4o-mini-2024-07-18` too, but not that of `gpt-4o-mini-audio`. A model that is not found costs nothing that we know of.
 *
 * Your own prices come first. Then, at a provider of the table, only its own models have prices; at any other, as Azure or a gateway,
 * a model costs what its maker takes.
 */
public class Prices private constructor(
    /** The day of which these prices are, as `2026-11-01`; "" for those that are all your own. */
    public val asOf: String,
    private val table: PriceTable,
    private val own: Map<String, Price>,
) {
    /** The price of [model] at [provider], or null when nobody has told it. */
    public fun of(provider: String, model: String): Price? {
        val name = nameOf(model)
        val place = nameOf(provider)
        return own(place, name) ?: table.of(place, name.substringAfterLast('/'))
    }

    /** These prices, and another one for [model]: `gpt-4o-mini`, or `azure/gpt-4o-mini` for one provider's own. */
    public fun with(model: String, price: Price): Prices {
        require(model.isNotBlank()) { "the name of a model must not be blank, but is '$model'" }
        return Prices(asOf, table, own + (nameOf(model) to price))
    }

    override fun toString(): String =
        if (asOf.isEmpty()) "Prices(${own.size} models)" else "Prices(${table.size + own.size} models, as of $asOf)"

    /** A name with a maker in it, as `meta-llama/Llama-3`, may have been told with and without him. */
    private fun own(provider: String, model: String): Price? {
        if (own.isEmpty()) return null
        val short = model.substringAfterLast('/')
        return listOf("$provider/$model", "$provider/$short", model, short).firstNotNullOfOrNull { priceIn(own, it) }
    }

    @Serializable
    private class Listing(
        @SerialName("as_of") val asOf: String,
        val usd: Map<String, Map<String, List<Double>>>,
    )

    public companion object {
        /** No model costs anything. */
        @JvmField public val NONE: Prices = Prices("", PriceTable(emptyMap()), emptyMap())

        /** Those that came with this library; [asOf] says from when. */
        @JvmStatic
        public fun bundled(): Prices = bundled

        private val bundled: Prices by lazy {
            val listing = Json.decodeFromString(Listing.serializer(), platform.resource("dev/tandem/accounting/prices.json"))
            val table = listing.usd.mapValues { (_, models) ->
                models.entries.associate { (name, price) -> nameOf(name) to priceOf(price) }
            }
            Prices(listing.asOf, PriceTable(table), emptyMap())
        }

        /** In, out, cached in, cache write; the last two may be missing. */
        private fun priceOf(parts: List<Double>) =
            Price(parts[0], parts[1], parts.getOrElse(2) { parts[0] }, parts.getOrElse(3) { parts[0] })
    }
}
