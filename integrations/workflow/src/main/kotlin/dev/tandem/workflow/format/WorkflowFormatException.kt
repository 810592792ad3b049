package dev.tandem.workflow.format

/** A text that is no workflow, or a workflow that no text can say. [source] is the file, or null; [problems] are all that were found. */
public class WorkflowFormatException internal constructor(
    /** the file; null where it was a text or a workflow. */
    public val source: String?,
    /** all that were found, at least one. */
    public val problems: List<FormatProblem>,
    what: String,
    cause: Throwable?,
) : IllegalArgumentException(problems.joinToString("\n", "${source ?: "the workflow"} cannot be $what:\n") { "- $it" }, cause)
