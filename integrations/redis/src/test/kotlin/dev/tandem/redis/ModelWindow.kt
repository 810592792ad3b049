package dev.tandem.redis

/** What the script has to do, in the plainest words, for as many requests as a test makes. Times are in microseconds. */
class ModelWindow(private val mostRequests: Int?, private val mostTokens: Long?, private val window: Long) {
    private class Grant(val at: Long, var tokens: Long)

    private val grants = LinkedHashMap<String, Grant>()
    private var silentUntil = 0L

    /** After how long it may go; 0 for now. */
    fun waitFor(tokens: Long, now: Long): Long {
        if (silentUntil > now) return silentUntil - now
        val ends = grants.values.map { it.at + window }.filter { it > now }
        return (listOf(now) + ends.sorted()).first { fits(tokens, it) } - now
    }

    private fun fits(tokens: Long, now: Long): Boolean {
        val inside = grants.values.filter { it.at > now - window }
        return (mostRequests == null || inside.size < mostRequests) &&
            (mostTokens == null || inside.sumOf { it.tokens } + tokens <= mostTokens)
    }

    fun grant(id: String, tokens: Long, now: Long) {
        grants[id] = Grant(now, tokens)
    }

    fun settle(id: String, tokens: Long) {
        grants.getValue(id).tokens = tokens
    }

    fun coolDown(micros: Long, now: Long) {
        silentUntil = maxOf(silentUntil, now + micros)
    }

    val ids: List<String> get() = grants.keys.toList()
}
