package dev.tandem.accounting

import dev.tandem.model.Usage
import dev.tandem.platform.holding
import dev.tandem.platform.platform

/** What a client has spent, in all and by tag. Prices are looked at when somebody asks for money, and not before. */
internal class Books(own: Prices?) {
    private val prices = lazy { own ?: Prices.bundled() }
    private val lock = platform.newLock()

    /** Guarded by the lock, as all below. */
    private val all = Account()
    private val byTag = mutableMapOf<String, Account>()

    val spending: Spending get() = lock.holding { all.spending(prices) }

    fun spendingOf(tag: String): Spending = lock.holding { byTag[tag]?.spending(prices) ?: Spending.NOTHING }

    fun spendingByTag(): Map<String, Spending> = lock.holding { byTag.mapValues { it.value.spending(prices) } }

    /** Sets aside what [likely] costs where every limit has room for it, and says so; or which one has none. */
    fun setAside(tags: Set<String>, limits: List<Budget>, model: Model, likely: Usage): Outcome = lock.holding {
        val aside = Aside(likely.totalTokens, if (limits.any { it.usd != null }) model.usdOf(likely, prices.value) else 0.0)
        val full = limits.firstOrNull { !accountOf(it).hasRoom(it, aside, prices) }
        if (full == null) forEach(tags) { it.setAside(aside) }
        Outcome(aside, full)
    }

    /** What was set [aside] is needed no more: what it has come to is booked. */
    fun putBack(tags: Set<String>, aside: Aside): Unit = lock.holding { forEach(tags) { it.putBack(aside) } }

    /** One request. */
    fun book(tags: Set<String>, model: Model, usage: Usage, bill: Bill): Unit = lock.holding {
        forEach(tags) { it.book(model, usage) }
        bill.add(model, usage)
    }

    fun usdOf(bill: Bill): Double? = lock.holding { bill.usd(prices.value) }

    private inline fun forEach(tags: Set<String>, work: (Account) -> Unit) {
        work(all)
        for (tag in tags) work(accountOf(tag))
    }

    private fun accountOf(budget: Budget) = budget.tag?.let(::accountOf) ?: all

    private fun accountOf(tag: String) = byTag.getOrPut(tag, ::Account)

    /** [full] is the budget that had no room, null for none. */
    class Outcome(val aside: Aside, val full: Budget?)
}
