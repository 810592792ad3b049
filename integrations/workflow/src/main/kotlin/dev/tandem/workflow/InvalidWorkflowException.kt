package dev.tandem.workflow

/**
 * All that is wrong with a workflow, at once. Nothing of it was run.
 *
 * @property problems at least one, in the order of the nodes.
 */
public class InvalidWorkflowException internal constructor(workflow: String, public val problems: List<Problem>) :
    IllegalArgumentException(problems.joinToString("\n", "the workflow '$workflow' cannot be run:\n") { "- ${it.message}" })
