@file:JvmName("-Model")

package dev.tandem.accounting

import dev.tandem.model.Request
import dev.tandem.model.Usage
import kotlin.jvm.JvmName

/** A model, and who runs it: the same one may have two prices. */
internal data class Model(val provider: String, val name: String) {
    /** 0 where nobody has told the price. */
    fun usdOf(usage: Usage, prices: Prices): Double = usdOrNull(usage, prices) ?: 0.0

    fun usdOrNull(usage: Usage, prices: Prices): Double? = if (usage === Usage.NONE) 0.0 else prices.of(provider, name)?.of(usage)
}

internal fun modelOf(provider: String, request: Request) = Model(provider, request.options.model.orEmpty())
