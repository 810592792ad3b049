package dev.tandem.testing

/** What a gateway or server did with each check. */
public class ConformanceReport internal constructor(
    /** Who was looked at. */
    public val subject: String,
    /** One for each check, in the order in which they were made. */
    public val results: List<Result>,
) {
    /** Whether all is as it should be. */
    public val isIntact: Boolean get() = results.all { it.isIntact }

    /** A table to be printed: one line for each check, and below it what was expected and what came where these differ. */
    public fun text(): String {
        val width = results.maxOfOrNull { it.title.length } ?: 0
        val lines = results.flatMap { result ->
            listOf("${result.id.padEnd(ID_WIDTH)}${result.title.padEnd(width)}  ${if (result.isIntact) "intact" else "DIFFERS"}") +
                if (result.isIntact) emptyList() else result.difference()
        }
        return (listOf(subject, "") + lines + listOf("", summary())).joinToString("\n")
    }

    /** [text]. */
    override fun toString(): String = text()

    private fun summary() = "${results.count { it.isIntact }} of ${results.size} intact"

    /** One check. */
    public class Result internal constructor(
        /** Such as `O03` of a table, or `V01` of a live check. */
        public val id: String,
        /** What was looked at, in words. */
        public val title: String,
        /** What should have come, line by line. */
        public val expected: List<String>,
        /** What came, line by line. */
        public val actual: List<String>,
    ) {
        /** Whether what came is what was expected. */
        public val isIntact: Boolean get() = expected == actual

        internal fun difference() = expected.map { "    expected $it" } + actual.map { "    got      $it" }
    }

    private companion object {
        const val ID_WIDTH = 6
    }
}
