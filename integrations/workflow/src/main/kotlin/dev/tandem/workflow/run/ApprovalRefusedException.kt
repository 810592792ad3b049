package dev.tandem.workflow.run

import dev.tandem.workflow.durable.Decision

/**
 * Somebody said no.
 *
 * @property node its name.
 * @property decision a no, with who it was and what they said.
 */
public class ApprovalRefusedException internal constructor(public val node: String, public val decision: Decision) :
    RuntimeException("'$node' was refused by ${decision.by}${decision.comment?.let { ": $it" }.orEmpty()}")
