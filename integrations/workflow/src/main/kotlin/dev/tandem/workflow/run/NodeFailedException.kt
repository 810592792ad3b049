package dev.tandem.workflow.run

/**
 * A node has failed for good, and its workflow with it. The cause is what it failed of.
 *
 * @property workflow its name.
 * @property node the name of the one that has failed.
 */
public class NodeFailedException internal constructor(public val workflow: String, public val node: String, cause: Throwable) :
    RuntimeException("the workflow '$workflow' failed at its node '$node': ${cause.message ?: cause::class.simpleName}", cause)
