package dev.tandem.provider.anthropic

/**
 * What the calls of a conversation are called on the wire. Anthropic takes letters, digits, _ and - only, and no id twice;
 * other providers' have dots and colons, and those that we make up ourselves begin anew in each answer.
 */
internal class CallIds {
    private val taken = mutableSetOf<String>()
    private val latest = mutableMapOf<String, String>()

    /** For the next call with this [id]. */
    fun ofCall(id: String): String {
        val fit = id.replace(UNFIT, "_")
        var free = fit
        var count = 1
        while (!taken.add(free)) free = "${fit}_${++count}"
        latest[id] = free
        return free
    }

    /** For a result of the latest call with this [id]. */
    fun ofResult(id: String): String = latest[id] ?: id.replace(UNFIT, "_")

    private companion object {
        val UNFIT = Regex("[^A-Za-z0-9_-]")
    }
}
