package dev.tandem.resilience

/**
 * How much of something was granted within the last [nanos], of which at no time more than [limit] may be. Strict: unlike a
 * bucket that fills again, which lets through twice its size within one window. Not for several threads at once.
 */
internal class Window(val limit: Long, private val nanos: Long) {
    private val slices = ArrayDeque<Slice>()
    private var used = 0L

    /** Grants that lie so close together are remembered as one, at the time of the last. */
    private val slice = nanos / SLICES

    /** How long after [now] so much more may be granted; 0 for at once. More than [limit] never may. */
    fun waitFor(amount: Long, now: Long): Long {
        forget(now)
        var free = limit - used
        if (free >= amount) return 0
        for (slice in slices) {
            free += slice.amount
            if (free >= amount) return slice.at + nanos - now
        }
        error("$amount will never fit into $limit")
    }

    fun grant(amount: Long, now: Long): Grant {
        used += amount
        val last = slices.lastOrNull()
        val slice = if (last != null && now - last.began <= slice) last else Slice(now).also { slices += it }
        slice.at = now
        slice.amount += amount
        return Grant(slice, amount)
    }

    /** [grant] was for another amount than was thought. One that is out of the window does not matter any more. */
    fun correct(grant: Grant, amount: Long, now: Long) {
        forget(now)
        if (now - grant.slice.at >= nanos) return
        used += amount - grant.amount
        grant.slice.amount += amount - grant.amount
        grant.amount = amount
    }

    private fun forget(now: Long) {
        while (true) {
            val oldest = slices.firstOrNull() ?: return
            if (now - oldest.at < nanos) return
            used -= oldest.amount
            slices.removeFirst()
        }
    }

    /** The same window in a world of its own, to see what will be. */
    fun copy(): Window = Window(limit, nanos).also { copy ->
        slices.forEach { copy.slices += it.copy() }
        copy.used = used
    }

    class Grant(val slice: Slice, var amount: Long)

    class Slice(val began: Long) {
        var at: Long = began
        var amount: Long = 0

        fun copy() = Slice(began).also {
            it.at = at
            it.amount = amount
        }
    }

    private companion object {
        /** Of a minute, hundredths of a second. */
        const val SLICES = 6_000
    }
}
