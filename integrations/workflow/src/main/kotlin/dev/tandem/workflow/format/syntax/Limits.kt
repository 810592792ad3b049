package dev.tandem.workflow.format.syntax

/** What no workflow needs, and what some texts are made for. */
internal object Limits {
    const val CHARS = 10_000_000

    /** A workflow within a workflow takes three. */
    const val DEPTH = 100

    /** With what aliases of YAML say again. */
    const val VALUES = 2_000_000L

    const val NUMBER = 400

    fun tooDeep(line: Int) =
        SyntaxException(line, "there are more than $DEPTH levels of lists and objects in each other", isTooLarge = true)

    fun tooLong(length: Long) = SyntaxException(0, "it is $length characters long, and at most $CHARS are read: part it", isTooLarge = true)
}
