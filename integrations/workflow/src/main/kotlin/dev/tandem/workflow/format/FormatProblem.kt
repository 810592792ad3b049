package dev.tandem.workflow.format

/** One thing about a file, or about a workflow that is to become one, that cannot be. */
public class FormatProblem internal constructor(
    /** For programs; [message] is for people. */
    public val kind: Kind,
    /** Where, such as `nodes[3].timeoutMillis`; "" for the whole. */
    public val path: String,
    /** The line of the text, from 1; null where there is none, or none that could be told. */
    public val line: Int?,
    /** What was found, and what to write instead. */
    public val message: String,
) {
    /** The place, and the [message]. */
    override fun toString(): String {
        val place = when {
            line == null -> path
            path.isEmpty() -> "line $line"
            else -> "$path (line $line)"
        }
        return if (place.isEmpty()) message else "$place: $message"
    }

    /** There will be more. */
    public enum class Kind {
        /** The text is no JSON or no YAML. */
        SYNTAX,

        /** It is larger or deeper than what is read. */
        TOO_LARGE,

        /** It is of a version that this library does not know. */
        VERSION,

        /** A field is missing. */
        MISSING,

        /** There is no such field. */
        UNKNOWN_FIELD,

        /** A field is a text where a number is wanted, and the like. */
        WRONG_TYPE,

        /** A field is of the right type, and says what cannot be. */
        BAD_VALUE,

        /** There is no such kind of nodes. */
        UNKNOWN_KIND,

        /** [WorkflowParts] has no function, tool, type or policy of that name. */
        UNKNOWN_PART,

        /** What no file can say, such as a function without a name. */
        NOT_WRITABLE,

        /** The file's name ends in something else than `.json`, `.yaml` and `.yml`. */
        ENDING,
    }
}
