package dev.tandem.workflow.format

import dev.tandem.workflow.format.FormatProblem.Kind

/** The fields of an object. Knows which of them it was asked for, so that it can say of the others that nobody knows them. */
internal class Fields(private val entries: Map<String, Spot>, val whole: Spot) {
    private val asked = LinkedHashSet<String>()

    operator fun get(name: String): Spot? {
        asked += name
        return entries[name]
    }

    /** Reports where there is none. */
    fun needed(name: String, example: String): Spot? =
        get(name) ?: whole.wrong(Kind.MISSING, "$name is missing: write such as $name: $example")

    /** Hands on what the field says, where there is one and it can be read; what is refused then is wrong with the field. */
    inline fun <T : Any> of(name: String, read: Spot.() -> T?, set: (T) -> Unit) {
        val spot = get(name) ?: return
        val value = spot.read() ?: return
        spot.trying { set(value) }
    }

    /** What was not asked for, nobody knows. */
    fun close() {
        for ((name, spot) in entries) {
            if (name in asked) continue
            val owner = whole.path.ifEmpty { "a workflow" }
            spot.wrong(Kind.UNKNOWN_FIELD, "$owner has no such field, only ${asked.joinToString()}: mend the name, or leave it out")
        }
    }
}
